import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api";
import { Select } from "../../parts/Field";
import { Crumb, Heading, Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import * as session from "../../session";
import { Nav } from "../Nav";
import {
  CHANNELS,
  type Channel,
  choose,
  HOURS,
  hasDigest,
  hourText,
  type Preferences,
  preferences,
  TOPICS,
  topicsOf,
} from "./channels";
import { MailAddress } from "./MailAddress";
import { QuietHours } from "./QuietHours";

const FAILED = "Dat lukt nu niet. Probeer het later weer, met bereik.";

export const sayWhy = (error: unknown): string =>
  error instanceof ApiError && error.kind === "refused" ? error.message : FAILED;

/** Every choice acts at once and says so. */
export function Channels() {
  const [shown, show] = useState<Preferences | null>(null);
  const [said, say] = useState("");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    preferences().then(show, (error) => setProblem(sayWhy(error)));
  }, []);
  const keep = async (next: Preferences, done: string) => {
    setProblem("");
    say("Even geduld …");
    try {
      show(await choose(next));
      say(done);
    } catch (error) {
      say("");
      setProblem(sayWhy(error));
    }
  };
  const person = session.current();
  return (
    <Page title="Seintjes" foot={<Nav at="#/instellingen" />}>
      <Crumb href="#/instellingen" text="Instellingen" />
      <Title>Seintjes</Title>
      <p class="meta">In een seintje of mail staat nooit waar het over gaat.</p>
      <Problem text={problem} />
      {person && shown && (
        <>
          <Heading>Hoe wil je het horen?</Heading>
          <div class="stack stack--3">
            {topicsOf(person.role).map((topic) => (
              <Select
                key={topic}
                id={`kanaal-${topic}`}
                label={TOPICS[topic]}
                value={shown.channels[topic]}
                onValue={(value) =>
                  void keep(
                    { ...shown, channels: { ...shown.channels, [topic]: value as Channel } },
                    `Bewaard: ${TOPICS[topic]}.`,
                  )
                }
              >
                {CHANNELS.filter(
                  ([channel]) => channel !== "mail" || shown.mail.state !== "off",
                ).map(([channel, text]) => (
                  <option key={channel} value={channel}>
                    {text}
                  </option>
                ))}
              </Select>
            ))}
            {hasDigest(person.role) && (
              <Select
                id="dagelijks"
                label="Herinnering aan wat je nog moet beantwoorden"
                hint="Hooguit één per werkdag. Staat er niets open, dan komt er niets."
                value={String(shown.digest_hour)}
                onValue={(hour) =>
                  void keep(
                    { ...shown, digest_hour: Number(hour) },
                    `Bewaard: om ${hourText(Number(hour))}.`,
                  )
                }
              >
                {HOURS.map((hour) => (
                  <option key={hour} value={String(hour)}>
                    {hourText(hour)}
                  </option>
                ))}
              </Select>
            )}
          </div>
          <QuietHours
            quiet={shown.quiet}
            onQuiet={(quiet, done) => void keep({ ...shown, quiet }, done)}
          />
          {shown.mail.state !== "off" && <MailAddress mail={shown.mail} onMail={show} />}
        </>
      )}
      <p role="status" class="meta space">
        {said}
      </p>
    </Page>
  );
}
