import { useEffect } from "preact/hooks";
import * as cards from "../../cards";
import * as choice from "../../choice";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Fold } from "../../parts/Fold";
import { Icon } from "../../parts/Icon";
import { Crumb, Page, Title } from "../../parts/Page";
import type { Card, LevelId, Signal } from "../../types";
import { NoCard } from "../NoCard";
import { useChanges } from "../use";
import { Contacts } from "./Contacts";
import { Dos, Steps } from "./Dos";
import { Ladder } from "./Ladder";

/** The signals that made the advice what it is, and the sentence that says so. No sum anywhere. */
function reason(level: LevelId, chosen: readonly Signal[]): [string, readonly Signal[]] {
  if (level === "red")
    return [
      "Bij een wapen, geweld of dreiging bel je altijd eerst 112:",
      chosen.filter((s) => s.alarm),
    ];
  if (level === "orange")
    return [
      "Eén ernstig signaal is genoeg om vandaag te bellen:",
      chosen.filter((s) => s.weight === "ernstig"),
    ];
  return level === "yellow"
    ? ["Je zag meer dan één ding, of iets dat opvalt. Dan overleg je:", chosen]
    : ["Je zag één licht signaal. Dat zegt nog weinig:", chosen];
}

export function WhatNow({ id }: { id: string }) {
  useChanges(cards.onChange, choice.onChange);
  useEffect(() => void choice.load(id), [id]);
  const card = cards.card(id);
  if (!card) return <NoCard />;
  const ticked = choice.ticked(id);
  const advice = cards.advise(card, ticked);
  const level = card.levels.find((one) => one.id === advice);
  const red = advice === "red";
  return (
    <Page
      title="Wat doe ik nu?"
      foot={
        !card.public && (
          <Dock label="Melden" one>
            <Button
              kind={red ? "secondary-action" : "primary-action"}
              href={`#/melden/${id}${advice ? "" : "/1"}`}
            >
              {red ? "Meld het daarna bij de gemeente" : "Meld het bij de gemeente"}
            </Button>
          </Dock>
        )
      }
    >
      <Crumb href={`#/kaart/${id}`} text={`Kaart ${card.title.toLowerCase()}`} />
      <div class="head">
        <Title>Wat doe ik nu?</Title>
        <p class="meta">
          {advice ? "Advies bij wat jij aantikte. " : "Je hebt nog niets aangetikt op de kaart. "}
          Het zegt wat jij doet, niet wie de jongere is.
        </p>
      </div>
      <Ladder levels={card.levels} now={level} />
      {red && (
        <a class="big112 space" href="tel:112">
          <Icon name="phone" />
          Bel 112
        </a>
      )}
      {level && <Advice card={card} level={level.id} ticked={ticked} />}
      <Dos yes={card.do} no={card.dont} />
    </Page>
  );
}

interface AdviceProps {
  card: Card;
  level: LevelId;
  ticked: readonly string[];
}

function Advice({ card, level, ticked }: AdviceProps) {
  const { steps, contacts } = card.levels.find((one) => one.id === level) ?? {
    steps: [],
    contacts: [],
  };
  const [why, signals] = reason(
    level,
    card.signals.filter((signal) => ticked.includes(signal.id)),
  );
  return (
    <>
      <div class="space">
        <Contacts ids={contacts} />
      </div>
      {steps.length > 0 && (
        <div class="space">
          <Steps items={steps} />
        </div>
      )}
      <div class="space">
        <Fold title="Waarom dit advies?" boxed>
          <div class="fold__in">
            <p>{why}</p>
            <ul class="picked">
              {signals.map((signal) => (
                <li key={signal.id}>{signal.text}</li>
              ))}
            </ul>
          </div>
        </Fold>
      </div>
    </>
  );
}
