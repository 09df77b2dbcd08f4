import { useEffect, useRef } from "preact/hooks";
import * as cards from "../../cards";
import * as choice from "../../choice";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Emblem } from "../../parts/Dots";
import { Icon } from "../../parts/Icon";
import { Page, Title } from "../../parts/Page";
import { current } from "../../session";
import { useAfter, useParts } from "../behind";
import { NoCard } from "../NoCard";
import { useChanges } from "../use";
import { ChoiceDock } from "./ChoiceDock";
import { Doing } from "./Doing";
import { ProtectiveFactors, RiskFactors } from "./Factors";
import { Signals } from "./Signals";
import { Tabs } from "./Tabs";

interface CardPageProps {
  id: string;
  /** The item somebody was led to, such as a signal that was found. */
  item: string | undefined;
}

export function CardPage({ id, item }: CardPageProps) {
  useChanges(cards.onChange, choice.onChange);
  useEffect(() => void choice.load(id), [id]);
  const parts = useParts(5);
  const after = useAfter();
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!item || !after || parts < 5 || shown.current === item) return;
    shown.current = item;
    after.reveal(item);
  }, [item, after, parts]);
  const card = cards.card(id);
  if (!card) return <NoCard />;
  const tickable = !!current() && !card.public;
  const ticked = new Set(choice.ticked(id));
  const chosen = card.signals.filter((signal) => ticked.has(signal.id)).length;
  return (
    <Page
      title={card.title}
      foot={
        tickable ? (
          <ChoiceDock card={card} chosen={chosen} />
        ) : (
          <Dock label="Bellen" one>
            <Button kind="primary-action" href="#bellen">
              Bel om mee te denken
            </Button>
          </Dock>
        )
      }
    >
      <header class="crumb crumb--card">
        <a class="icon-button" href="#/kaarten" aria-label="Terug naar alle kaarten">
          <Icon name="back" />
        </a>
        <Emblem name={card.emblem} />
        <Title>{card.title}</Title>
      </header>
      <p class="voice intro">{card.intro}</p>
      <Tabs />
      <Signals card={card} ticked={ticked} tickable={tickable} all={parts > 1} sought={item} />
      {parts > 2 && <RiskFactors card={card} />}
      {parts > 3 && <ProtectiveFactors card={card} ticked={ticked} tickable={tickable} />}
      {parts > 4 && <Doing card={card} />}
      {parts > 4 && after && <after.Learn card={card} />}
    </Page>
  );
}
