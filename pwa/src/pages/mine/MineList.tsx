import { useState } from "preact/hooks";
import * as cards from "../../cards";
import * as mine from "../../mine";
import * as outbox from "../../outbox";
import { Button, Link } from "../../parts/Button";
import { PhoneLink } from "../../parts/CallRow";
import { Trail } from "../../parts/Dots";
import { Envelope } from "../../parts/Envelope";
import { Icon } from "../../parts/Icon";
import { Heading, Page, Top } from "../../parts/Page";
import * as session from "../../session";
import * as sync from "../../sync";
import type { Mine } from "../../types";
import { PROBLEM } from "../../words";
import { weekday } from "../days";
import { Nav } from "../Nav";
import { Numbers } from "../Numbers";
import { NoteHint } from "../notes/NoteHint";
import { SurveyOffer } from "../survey/SurveyOffer";
import { unsentText } from "../Unsent";
import { useAnswer, useChanges } from "../use";
import { Concepts } from "./Concepts";
import { Elsewhere } from "./Elsewhere";
import { Usual } from "./Expected";
import { feedbackText, goneText, openQuestion } from "./feedback";
import { groups } from "./groups";
import { cardOf, placeOf, signalsOf, whenOf } from "./place";
import { sentText } from "./sent";
import { lookOf, StatusBadge } from "./status";
import { isWithdrawing } from "./Withdraw";

export function MineList() {
  useChanges(cards.onChange, session.onChange);
  const list = useAnswer(mine.list, "", mine.onChange);
  if (!list) return null;
  const fresh = list.filter((one) => one.unseen).length;
  return (
    <Page title="Mijn meldingen" foot={<Nav at="#/mijn" />}>
      <Top>Mijn meldingen</Top>
      <p class="vh" role="status">
        {fresh ? `${fresh} ${fresh === 1 ? "nieuw bericht" : "nieuwe berichten"}` : ""}
      </p>
      <Sending list={list} />
      <Concepts />
      {groups(list).map(([title, items]) => (
        <>
          <Heading>{title}</Heading>
          <ul class="list bleed">
            {items.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
        </>
      ))}
      <SurveyOffer />
      <Elsewhere />
      {!list.length && (session.current() ? <Empty /> : <Numbers />)}
      {list.length > 0 && <Usual />}
      <NoteHint />
      {session.current() && <Link href="#/route">Wat gebeurt er met je melding?</Link>}
    </Page>
  );
}

/** One sentence for each reason why something is still here. */
function problemText(): string {
  if (session.state() === "expired")
    return "Je bent uitgelogd. Je meldingen worden gewoon verstuurd. Log in om antwoorden te lezen.";
  const { online, problem } = sync.state();
  return problem ? PROBLEM[problem] : online === false ? PROBLEM.offline : "";
}

function Sending({ list }: { list: readonly Mine[] }) {
  useChanges(sync.onChange);
  const [said, say] = useState("");
  const unsent = list.filter(({ status }) => status === "saved" || status === "sending").length;
  const why = problemText();
  const retry = async () => {
    say("Bezig met versturen …");
    await sync.run("button");
    say(sentText(sync.state(), await outbox.count()));
  };
  if (!unsent && !why) return <p role="status">{said}</p>;
  return (
    <div class="box row row--apart">
      <span class="grow" role="status">
        {unsent > 0 && <b class="block">{unsentText(unsent)}</b>}
        <span class="meta">{said || why || "We versturen ze vanzelf."}</span>
      </span>
      {session.state() === "expired" ? (
        <Button href="#/inloggen">Log in</Button>
      ) : (
        <Button onClick={retry}>Probeer nu</Button>
      )}
    </div>
  );
}

/** The second line: the thing to know about this report now. */
function detail(one: Mine): string {
  const last = one.feedback.at(-1);
  if (isWithdrawing(one)) return "Je wilt deze melding intrekken";
  if (one.gone) return goneText(one.gone);
  if (one.status === "look") return "Er is iets mee. Er gaat niets verloren. Kies wat je wilt.";
  if (one.status === "question") return openQuestion(one)?.text ?? "We hebben een vraag.";
  if (one.status === "feedback" && last) return feedbackText(last);
  if (one.status === "received" && one.receipt) return `Bonnummer ${one.receipt}`;
  if (one.status === "read" && one.answerBy)
    return `Je hoort uiterlijk ${weekday(one.answerBy)} meer.`;
  return signalsOf(one);
}

function Row({ one }: { one: Mine }) {
  const { dots, trail } = lookOf(one);
  return (
    <li>
      <a class="item inset-focus" href={`#/${one.status === "look" ? "kijk" : "mijn"}/${one.id}`}>
        <span class="item__top">
          <StatusBadge one={one} />
          <Icon name="go" />
        </span>
        <span>
          <b>{placeOf(one)}</b>, {whenOf(one)}
          <span class="vh">, {cardOf(one)}</span>
        </span>
        <span>{detail(one)}</span>
        {dots > 0 && (
          <span class="row meta">
            <Trail on={dots} />
            {trail}
          </span>
        )}
      </a>
      {one.urgency === "today" && dots === 1 && <CallNow />}
    </li>
  );
}

/** What cannot wait must not depend on a network that is not there. */
export function CallNow() {
  const phone = cards.gemeente()?.phone;
  return phone ? (
    <p class="callnow">
      Nog niet verstuurd. Bel nu: <PhoneLink number={phone} />
    </p>
  ) : null;
}

const Empty = () => (
  <div class="empty">
    <Envelope empty />
    <div class="stack stack--2">
      <h2 class="utrecht-heading-2">Nog geen meldingen</h2>
      <p class="voice">Wat je meldt, zie je hier terug. Ook wat de gemeente ermee doet.</p>
    </div>
    <Button kind="primary-action" href="#/kaarten">
      Naar de kaarten
    </Button>
  </div>
);
