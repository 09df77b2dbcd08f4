import * as choice from "../../choice";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Notice } from "../../parts/Notice";
import { Crumb, Page, Title } from "../../parts/Page";
import { go } from "../../router";
import type { Ask } from "./ask";
import { AskInvestigation } from "./What";

/** What belongs to an investigation falls under the Wpg: nothing of it stays here. */
export function Investigation(ask: Ask) {
  const home = `/kaart/${ask.card.id}`;
  const leave = () => {
    choice.clear(ask.card.id);
    go(home);
  };
  return (
    <Page
      title="Dit hoort in je eigen systeem"
      foot={
        <Dock label="Verder" one>
          <Button kind="primary-action" onClick={leave}>
            Naar de kaart
          </Button>
        </Dock>
      }
    >
      <Crumb href={`#${home}`} text="Terug" />
      <div class="head">
        <Title>Dit hoort in je eigen systeem</Title>
      </div>
      <div class="form">
        <Notice role="status">
          <p>
            Voor opsporing en proces-verbaal geldt de Wet politiegegevens. Leg het vast in het
            systeem van je eigen team. Hier wordt niets van bewaard.
          </p>
        </Notice>
        <AskInvestigation {...ask} faults={[]} />
      </div>
    </Page>
  );
}
