import { useEffect, useMemo } from "preact/hooks";
import * as cards from "../../cards";
import { Icon } from "../../parts/Icon";
import { current } from "../../session";
import { type Hit, searcher } from "./search";

/** How many of one card are shown, so that the next card stays in sight. */
const EACH = 6;
const NUMBERS = "Woorden en nummers";

/** What was found, card by card; the card with the best hit comes first. */
export default function Results({ query }: { query: string }) {
  const set = cards.all();
  const own = current()?.card ?? null;
  const search = useMemo(() => set && searcher(set, own), [set, own]);
  const hits = search?.find(query) ?? [];
  const said = hits.length === 1 ? "1 gevonden" : `${hits.length} gevonden`;
  useEffect(() => {
    scrollTo(0, 0);
  }, []);
  return (
    <>
      <p class="vh" role="status">
        {hits.length ? said : "Niets gevonden"}
      </p>
      {groups(hits).map(([title, found]) => (
        <section key={title}>
          <h2 class="utrecht-heading-2 group-title">{title}</h2>
          <ul class="list bleed">
            {found.slice(0, EACH).map((hit) => (
              <Found key={hit.key} hit={hit} />
            ))}
          </ul>
        </section>
      ))}
      {!hits.length && (
        <p class="note space">
          Niets gevonden voor ‘{query.trim()}’. Probeer een ander woord, of kijk per soort.
        </p>
      )}
    </>
  );
}

function groups(hits: readonly Hit[]): [string, Hit[]][] {
  const found = new Map<string, Hit[]>();
  for (const hit of hits) {
    const title = (hit.card && cards.card(hit.card)?.title) ?? NUMBERS;
    found.set(title, [...(found.get(title) ?? []), hit]);
  }
  return [...found];
}

const Found = ({ hit }: { hit: Hit }) => (
  <li>
    <a class="card-row" href={hit.href}>
      <span>
        {hit.marked.map((piece, at) => (at % 2 ? <mark key={at}>{piece}</mark> : piece))}
        <span class="meta block">
          {hit.kind}
          {hit.concept && hit.marked.length === 1 && `: ${hit.about}`}
        </span>
      </span>
      <Icon name={hit.href.startsWith("tel:") ? "phone" : "go"} />
    </a>
  </li>
);
