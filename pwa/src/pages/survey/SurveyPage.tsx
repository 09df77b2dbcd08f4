import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { Dock } from "../../parts/Dock";
import { Crumb, Page, Title } from "../../parts/Page";
import { go } from "../../router";
import * as survey from "../../survey";
import { useAnswer } from "../use";

/** A few questions on one screen. Without network the answers wait, behind the reports. */
export function SurveyPage() {
  // Once: what is sent must not take the thanks off the screen.
  const offer = useAnswer(() => survey.offer(), "");
  const [done, finish] = useState(false);
  if (offer === undefined) return null;
  if (done || !offer) return <Done thanks={done} />;
  return <Questions offer={offer} onDone={() => finish(true)} />;
}

function Questions({ offer, onDone }: { offer: survey.Offer; onDone: () => void }) {
  const [given, give] = useState<survey.Answers>({});
  const [asked, ask] = useState(false);
  const missing = offer.questions.filter(({ id }) => !given[id]);
  const send = async () => {
    const [first] = missing;
    if (first) {
      ask(true);
      document.getElementById(`vraag-${first.id}`)?.focus();
      return;
    }
    await survey.finish(offer.half, given);
    onDone();
  };
  const skip = async () => {
    await survey.finish(offer.half, null);
    go("/mijn", true);
  };
  return (
    <Page
      title="Vier vragen"
      stack
      foot={
        <Dock label="Klaar">
          <Button onClick={() => void skip()}>Sla over</Button>
          <Button kind="primary-action" onClick={() => void send()}>
            Verstuur
          </Button>
        </Dock>
      }
    >
      <Crumb href="#/mijn" text="Mijn meldingen" />
      <Title>Vier vragen</Title>
      <p>
        Je antwoorden gaan los van je naam, je toestel en de tijd. De gemeente ziet na een half jaar
        hoe vaak elk antwoord is gekozen, en alleen als er genoeg mensen meedoen.
      </p>
      {offer.questions.map(({ id, text, choices }) => (
        <Choice
          key={id}
          id={`vraag-${id}`}
          legend={text}
          error={asked && !given[id] ? "Kies een antwoord." : undefined}
          value={given[id] ?? null}
          onValue={(choice) => give((now) => ({ ...now, [id]: choice }))}
          options={choices.map((choice) => [choice.id, choice.text] as const)}
        />
      ))}
    </Page>
  );
}

const Done = ({ thanks }: { thanks: boolean }) => (
  <Page
    title={thanks ? "Dank je wel" : "Geen vragen"}
    stack
    foot={
      <Dock label="Verder" one>
        <Button kind="primary-action" href="#/mijn">
          Naar mijn meldingen
        </Button>
      </Dock>
    }
  >
    <Crumb href="#/mijn" text="Mijn meldingen" />
    <Title>{thanks ? "Dank je wel" : "Geen vragen"}</Title>
    <p>
      {thanks
        ? "Je antwoorden zijn bewaard. Heb je geen bereik? Dan gaan ze later vanzelf mee."
        : "Er zijn nu geen vragen voor je. Twee keer per jaar vragen we wat je van de signaalkaart vindt."}
    </p>
  </Page>
);
