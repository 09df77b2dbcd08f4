import { useEffect, useRef, useState } from "preact/hooks";
import * as cards from "../../cards";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Crumb, Page, Title } from "../../parts/Page";
import type { Card } from "../../types";
import { NoCard } from "../NoCard";
import { useChanges } from "../use";
import { AskTraining } from "./AskTraining";
import { PracticeCards } from "./PracticeCards";
import { Situation } from "./Situation";

/** Invented situations to think about. What somebody chooses is kept nowhere. */
export function Practice({ id }: { id: string }) {
  useChanges(cards.onChange);
  if (!id) return <PracticeCards />;
  const card = cards.card(id);
  return card?.practice.length ? <Round key={id} card={card} /> : <NoCard />;
}

function Round({ card }: { card: Card }) {
  const [at, setAt] = useState(0);
  const [answered, setAnswered] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  const total = card.practice.length;
  const situation = card.practice[at];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next situation is what moves the focus.
  useEffect(() => {
    if (moved.current) {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    moved.current = true;
  }, [at]);
  const to = (next: number) => {
    setAnswered(false);
    setAt(next);
  };
  return (
    <Page
      title={`Oefenen met kaart ${card.title.toLowerCase()}`}
      foot={
        <Dock label="Verder" one>
          {situation ? (
            <Button
              kind={answered ? "primary-action" : "secondary-action"}
              onClick={() => to(at + 1)}
            >
              {at + 1 < total ? "Volgende situatie" : "Klaar"}
            </Button>
          ) : (
            <Button kind="primary-action" href={`#/kaart/${card.id}`}>
              Naar de kaart
            </Button>
          )}
        </Dock>
      }
    >
      <Crumb href={`#/kaart/${card.id}`} text={`Kaart ${card.title.toLowerCase()}`} />
      <Title>Oefenen</Title>
      <p class="meta">Alles is verzonnen. Niemand onthoudt wat je kiest.</p>
      <div class="section-head">
        <h2 class="utrecht-heading-2" ref={heading} tabIndex={-1}>
          {situation ? `Situatie ${at + 1} van ${total}` : "Dat waren ze"}
        </h2>
      </div>
      {situation ? (
        <Situation
          key={situation.id}
          card={card}
          situation={situation}
          onAnswer={() => setAnswered(true)}
        />
      ) : (
        <div class="stack stack--4">
          <p class="voice">
            Goed dat je oefende. Kijk over een maand nog eens: dan blijft het hangen.
          </p>
          <div class="row">
            <Button onClick={() => to(0)}>Nog een keer</Button>
          </div>
          <AskTraining />
        </div>
      )}
    </Page>
  );
}
