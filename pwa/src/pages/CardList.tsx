import { useState } from "preact/hooks";
import * as cards from "../cards";
import { Button } from "../parts/Button";
import { Dots, Emblem, Mark } from "../parts/Dots";
import { Icon } from "../parts/Icon";
import { Page, Title } from "../parts/Page";
import { current } from "../session";
import type { Card } from "../types";
import { useAfter } from "./behind";
import { Erased } from "./Erased";
import { InstallHint } from "./InstallHint";
import { Nav } from "./Nav";
import { Numbers } from "./Numbers";
import { countSignals } from "./names";
import { asked, keepAsked } from "./reading/asked";
import { Search, SearchField } from "./reading/Search";
import { useChanges } from "./use";

const firstSentences = (text: string) =>
  text
    .split(/(?<=\.) /)
    .slice(0, 2)
    .join(" ");

export function CardList() {
  useChanges(cards.onChange);
  const after = useAfter();
  const [query, setQuery] = useState(asked());
  const all = cards.cards();
  const person = current();
  const own = all.find((card) => card.id === person?.card);
  const others = all.filter((card) => card !== own);
  return (
    <Page title="Kaarten" stack header={<Brand />} foot={<Nav at="#/kaarten" />}>
      {after && <after.Unsent />}
      <Erased />
      <Title hidden>Kaarten</Title>
      {all.length > 0 && (
        <SearchField
          value={query}
          onValue={(value) => {
            keepAsked(value);
            setQuery(value);
          }}
        />
      )}
      {query.trim() ? <Search query={query} /> : <Cards own={own} others={others} after={after} />}
      {!person && <Numbers />}
      {!all.length && person && (
        <p class="note">
          De kaarten zijn nog niet op dit toestel. Open de app één keer met bereik.
        </p>
      )}
      {person && <InstallHint />}
    </Page>
  );
}

interface CardsProps {
  own: Card | undefined;
  others: readonly Card[];
  after: ReturnType<typeof useAfter>;
}

const Cards = ({ own, others, after }: CardsProps) => (
  <>
    {own && <Hero card={own} />}
    {after && <after.NewsHint />}
    {others.length > 0 && (
      <>
        <h2 class="utrecht-heading-2">{own ? "Andere kaarten" : "Signaalkaarten"}</h2>
        <ul class="list bleed">
          {others.map((card) => (
            <Row key={card.id} card={card} />
          ))}
        </ul>
      </>
    )}
  </>
);

const Brand = () => (
  <header class="utrecht-page-header brand">
    <Mark />
    <span class="brand__text">
      <span class="brand__name">Signaalkaart</span>
      <span class="brand__who">{cards.gemeente() ? `Gemeente ${cards.gemeente()?.name}` : ""}</span>
    </span>
  </header>
);

const Hero = ({ card }: { card: Card }) => (
  <section class="hero holder" aria-labelledby="eigen">
    <Dots
      class="hero__art stars"
      box="0 0 200 110"
      line="M102 6 84 36M126 58 186 78M40 84 84 36 126 58 170 24"
      spark
    />
    <div>
      <p class="meta">Jouw kaart</p>
      <h2 id="eigen">{card.title}</h2>
    </div>
    <p class="voice brief">{firstSentences(card.intro)}</p>
    <div class="stack stack--2">
      <Button kind="primary-action" wide href={`#/kaart/${card.id}`}>
        Open de kaart
      </Button>
      <p class="meta">
        {countSignals(card.signals.length)}, versie {card.version}
      </p>
    </div>
  </section>
);

const Row = ({ card }: { card: Card }) => (
  <li>
    <a class="card-row" href={`#/kaart/${card.id}`}>
      <Emblem name={card.emblem} />
      <span>
        <b>{card.title}</b>
        <span class="meta">{card.audience}</span>
      </span>
      <Icon name="go" />
    </a>
  </li>
);
