import { useEffect } from "preact/hooks";
import { Fold } from "../../parts/Fold";
import { Notice } from "../../parts/Notice";
import { Crumb, Page, Title } from "../../parts/Page";
import { Nav } from "../Nav";
import { useAnswer } from "../use";
import { markRead, type Note, notes, quarterText } from "./notes";
import { SheetView } from "./SheetView";

/** What reports of the own school, club or team led to, the newest quarter first. */
export function NotePage() {
  const list = useAnswer<Note[] | null>(() => notes().catch(() => null), "");
  const [newest, ...earlier] = list ?? [];
  useEffect(() => {
    if (newest) markRead(newest.quarter);
  }, [newest]);
  return (
    <Page title="Wat meldingen opleveren" foot={<Nav at="#/mijn" />}>
      <Crumb href="#/mijn" text="Mijn meldingen" />
      <Title>Wat meldingen opleveren</Title>
      {list === null && (
        <Notice kind="info" role="status">
          <p>De brief komt van de gemeente. Je ziet hem als je bereik hebt en bent ingelogd.</p>
        </Notice>
      )}
      {list?.length === 0 && (
        <p>Er is nog geen brief. Na elk kwartaal lees je hier wat meldingen opleverden.</p>
      )}
      {newest && <SheetView sheet={newest.sheet} />}
      {earlier.map(({ id, quarter, sheet }) => (
        <Fold key={id} title={<h2 class="utrecht-heading-3">{quarterText(quarter)}</h2>} boxed>
          <SheetView sheet={sheet} level={3} />
        </Fold>
      ))}
    </Page>
  );
}
