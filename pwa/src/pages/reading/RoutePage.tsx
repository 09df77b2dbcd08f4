import * as cards from "../../cards";
import { Crumb, Page, Title } from "../../parts/Page";
import { current } from "../../session";
import { Nav } from "../Nav";
import { NoCard } from "../NoCard";
import { useChanges } from "../use";

/** What happens to a report, step by step and in the words of the gemeente. */
export function RoutePage() {
  useChanges(cards.onChange);
  const route = cards.route();
  if (!route) return <NoCard />;
  return (
    <Page title={route.title} foot={<Nav at="#/mijn" />}>
      <Crumb
        href={current() ? "#/mijn" : "#/kaarten"}
        text={current() ? "Mijn meldingen" : "Alle kaarten"}
      />
      <Title>{route.title}</Title>
      <p class="voice intro">{route.intro}</p>
      <ol class="steps steps--route plain space">
        {route.steps.map(({ id, title, who, text }) => (
          <li key={id}>
            <div>
              <h2 class="utrecht-heading-3">{title}</h2>
              <p class="meta">{who}</p>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <h2 class="utrecht-heading-2 group-title">Goed om te weten</h2>
      <ul class="picked">
        {route.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Page>
  );
}
