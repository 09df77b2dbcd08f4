import { useState } from "preact/hooks";
import * as cards from "../cards";
import * as mine from "../mine";
import { Button, Link } from "../parts/Button";
import { Dock } from "../parts/Dock";
import { Envelope } from "../parts/Envelope";
import { Icon } from "../parts/Icon";
import { Page, Title } from "../parts/Page";
import * as persist from "../persist";
import * as push from "../push";
import * as sync from "../sync";
import type { Mine } from "../types";
import { weekday } from "./days";
import { Away, Usual } from "./mine/Expected";
import { CallNow } from "./mine/MineList";
import { StatusBadge } from "./mine/status";
import { NotFound } from "./NotFound";
import { readHours } from "./report/Staffed";
import { useAnswer, useChanges } from "./use";

const PINGS_OFF = "Seintjes staan uit op dit toestel. Je ziet antwoorden hier wel.";

/** Comes only after the item stands on this phone's disk; the rest of it happens by itself. */
export function Sealed({ id }: { id: string }) {
  useChanges(sync.onChange);
  const one = useAnswer(() => mine.one(id).then((found) => found ?? null), id, mine.onChange);
  if (one === undefined) return null;
  if (!one) return <NotFound />;
  return (
    <Page
      title="Je melding is verzegeld"
      stack
      foot={
        <Dock label="Verder">
          <Button kind="primary-action" href={`#/kaart/${one.card}`}>
            Naar de kaart
          </Button>
          <Button href="#/mijn">Mijn meldingen</Button>
        </Dock>
      }
    >
      <div class="envelope-page stack stack--2 center">
        <Envelope />
        <Title>Je melding is verzegeld</Title>
        <p class="voice">
          Alleen de gemeente kan deze envelop openen. Dit toestel kan het niet meer.
        </p>
      </div>
      <div class="box stack stack--3" role="status">
        <StatusBadge one={one} receipt />
        <p>{whereItIs(one)}</p>
        {one.urgency === "today" && !one.receipt && <CallNow />}
      </div>
      <WhatYouHear one={one} />
      <AskPush />
      {!one.receipt && <Kept />}
    </Page>
  );
}

function whereItIs(one: Mine): string {
  if (one.receipt) return "De gemeente heeft je melding. Bewaar het bonnummer als je wilt bellen.";
  return sync.state().online === false
    ? "Je hebt nu geen bereik. We versturen hem vanzelf zodra dat kan."
    : "We versturen hem nu. Je hoeft niet te wachten.";
}

/** Exact days come from the server, which knows the holidays; until then the term itself. */
function WhatYouHear({ one }: { one: Mine }) {
  const terms = cards.gemeente()?.terms;
  const by = (day: string | undefined, days: number | undefined) =>
    day ? `Uiterlijk ${weekday(day)}` : `Binnen ${days} werkdagen`;
  return (
    <section aria-labelledby="terug">
      <h2 class="utrecht-heading-2 group-title" id="terug">
        Wat hoor je terug?
      </h2>
      <ol class="thread plain">
        <li class="open">
          <b class="block">{by(one.readBy, terms?.read_days)}</b>
          We laten weten dat we hem gelezen hebben.
        </li>
        <li class="open">
          <b class="block">{by(one.answerBy, terms?.answer_days)}</b>
          Je hoort in één zin wat we ermee doen.
        </li>
      </ol>
      <Usual />
      <Away id={one.id} />
      <p class="meta">{readHours()}</p>
      <Link href="#/route">Wat gebeurt er met je melding?</Link>
    </section>
  );
}

/** The only place that asks, because here it is clear what for. */
function AskPush() {
  const state = useAnswer(push.state, "");
  const [said, say] = useState("");
  const [put, putAway] = useState(false);
  if (said)
    return (
      <p class="note" role="status">
        {said}
      </p>
    );
  if (state !== "off" || put) return null;
  const turnOn = () => {
    say("Even geduld …");
    push.turnOn().then(
      (now) => say(now === "on" ? "Seintjes staan aan op dit toestel." : PINGS_OFF),
      () => say(PINGS_OFF),
    );
  };
  return (
    <section class="box stack stack--3" aria-labelledby="sein">
      <h2 class="utrecht-heading-3" id="sein">
        Wil je een seintje bij antwoord?
      </h2>
      <p class="meta">In het seintje staat alleen dat er iets is. Niet wat je meldde.</p>
      <div class="row">
        <Button onClick={turnOn}>
          <Icon name="bell" />
          Ja, geef een seintje
        </Button>
        <Button kind="subtle" onClick={() => putAway(true)}>
          Nee
        </Button>
      </div>
    </section>
  );
}

/** Whether the phone promised not to throw the envelope away when it runs out of space. */
function Kept() {
  const kept = useAnswer(persist.ask, "");
  return kept === false ? (
    <p class="meta">
      Je telefoon kan deze melding weggooien als hij vol raakt. Open de app met bereik, dan is hij
      snel verstuurd.
    </p>
  ) : null;
}
