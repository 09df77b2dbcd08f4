import { useState } from "preact/hooks";
import * as cards from "../../cards";
import * as mine from "../../mine";
import * as outbox from "../../outbox";
import { Badge } from "../../parts/Badge";
import { Choice } from "../../parts/Choice";
import { Icon, type IconName } from "../../parts/Icon";
import { Heading, Page, Top } from "../../parts/Page";
import * as persist from "../../persist";
import * as session from "../../session";
import { Nav } from "../Nav";
import { useAnswer, useChanges } from "../use";
import { keepMode, MODES, mode } from "./mode";
import { Pings } from "./Pings";
import { PracticeNudge } from "./PracticeNudge";
import { SignOut } from "./SignOut";

export function Settings() {
  useChanges(session.onChange);
  const [shown, show] = useState(mode());
  const kept = useAnswer(persist.answer, "");
  const unsent = useAnswer(outbox.count, "", mine.onChange) ?? 0;
  const person = session.current();
  return (
    <Page title="Instellingen" foot={<Nav at="#/instellingen" />}>
      <Top>Instellingen</Top>
      {person && (
        <>
          <Heading>Seintjes op dit toestel</Heading>
          <Pings />
          <ul class="list bleed">
            <Row href="#/seintjes" icon="bell" text="Seintjes en mail" />
          </ul>
          <PracticeNudge />
        </>
      )}
      <Heading>Weergave</Heading>
      <Choice
        id="weergave"
        legend={<span class="vh">Weergave</span>}
        segment
        options={MODES}
        value={shown}
        onValue={(chosen) => {
          keepMode(chosen);
          show(chosen);
        }}
      />
      <Heading>Opslag op dit toestel</Heading>
      <ul class="list bleed">
        <li class="setrow">
          <span>
            <b>Blijft bewaard</b>
            <span class="meta block">
              {kept
                ? "Je telefoon gooit niets zelf weg."
                : "Je telefoon kan iets weggooien als hij vol raakt."}
            </span>
          </span>
          <Badge
            tone={kept ? "safe" : "warning"}
            icon={kept ? "check" : "alert"}
            text={kept ? "Ja" : "Nee"}
          />
        </li>
        <li class="setrow">
          <span>
            <b>Nog niet verstuurd</b>
            <span class="meta block">Verzegeld. Niemand kan ze hier lezen.</span>
          </span>
          <b>{unsent}</b>
        </li>
      </ul>
      <Heading>App</Heading>
      <ul class="list bleed">
        {person && <Row href="#/toestellen" icon="lock" text="Inloggen en toestellen" />}
        {person && <Row href="#/wiekeek" icon="eye" text="Wie keek er" />}
        {person && <Row href="#/gegevens" icon="people" text="Je gegevens" />}
        {(person?.role === "contactpersoon" || person?.role === "melder") && (
          <Row href="#/casussen" icon="check" text="Casussen waar je aan meewerkt" />
        )}
        <Row href="#/nieuw" icon="info" text="Wat is er nieuw" />
        <Row href="#/beginscherm" icon="device" text="Zet op je beginscherm" />
        {(person?.role === "contactpersoon" || person?.role === "beheerder") && (
          <Row href="#/uitnodigen" icon="plus" text="Nodig iemand uit" />
        )}
        {person ? (
          <SignOut unsent={unsent} />
        ) : (
          <Row href="#/inloggen" icon="open" text="Inloggen" />
        )}
      </ul>
      <About />
    </Page>
  );
}

const Row = ({ href, icon, text }: { href: string; icon: IconName; text: string }) => (
  <li>
    <a class="card-row" href={href}>
      <Icon name={icon} />
      <span>
        <b>{text}</b>
      </span>
      <Icon name="go" />
    </a>
  </li>
);

function About() {
  const gemeente = cards.gemeente();
  const person = session.current();
  return (
    <div class="meta space stack stack--2">
      {person && (
        <p>
          Ingelogd als {person.name}, {person.role_label}
          {person.organisation && `, ${person.organisation}`}.
        </p>
      )}
      <p>
        Signaalkaart {__APP_VERSION__}. Vrije software onder de EUPL-1.2. Buurten: CBS en Kadaster.
      </p>
      <p>
        Kun je iets niet lezen of bedienen? Dat willen we weten. Bel{" "}
        {gemeente?.phone ?? "de gemeente"}. De verklaring over toegankelijkheid staat op de site van
        je gemeente.
      </p>
    </div>
  );
}
