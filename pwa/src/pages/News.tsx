import { NEWS, type NewsOfVersion } from "virtual:news";
import { useEffect } from "preact/hooks";
import * as news from "../news";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { Crumb, Heading, Page, Title } from "../parts/Page";
import { current } from "../session";
import { formatDay } from "../words";
import { newerThan } from "./newer";

const MOST = 3;
const DESKS = ["procesregisseur", "adviseur-oov"];

/** What is in a version for who looks at it: only the desk hears of the desk. */
function linesFor({ everybody, desk }: NewsOfVersion): string[] {
  return DESKS.includes(current()?.role ?? "") ? [...desk, ...everybody] : everybody;
}

/** Told once on the first screen after an update; it goes away when it was read or put away. */
export function NewsCard({ since }: { since: string }) {
  const lines = newerThan(since).flatMap(linesFor);
  if (!lines.length) return null;
  return (
    <section class="box stack stack--3" aria-labelledby="nieuw">
      <div class="row row--keep accent">
        <Icon name="info" />
        <h2 class="utrecht-heading-3" id="nieuw">
          Nieuw sinds je laatste bezoek
        </h2>
      </div>
      <Lines of={lines.slice(0, MOST)} />
      <div class="row">
        {lines.length > MOST && <Button href="#/nieuw">Lees alles</Button>}
        <Button kind="subtle" onClick={news.markSeen}>
          Gelezen
        </Button>
      </div>
    </section>
  );
}

/** Always there to read back, from the settings. */
export function NewsPage() {
  useEffect(() => {
    news.markSeen();
  }, []);
  return (
    <Page title="Wat is er nieuw">
      <Crumb href="#/instellingen" text="Instellingen" />
      <Title>Wat is er nieuw</Title>
      {NEWS.map((one) => (
        <section key={one.version} class="stack stack--2" aria-labelledby={`v${one.version}`}>
          <Heading id={`v${one.version}`}>Versie {one.version}</Heading>
          <p class="meta">{formatDay(one.day)}</p>
          <Lines of={linesFor(one)} />
        </section>
      ))}
    </Page>
  );
}

const Lines = ({ of }: { of: readonly string[] }) => (
  <ul class="picked">
    {of.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);
