import { Button } from "../parts/Button";
import { Notice } from "../parts/Notice";
import { Crumb, Page, Title } from "../parts/Page";

/** An address of a card this phone does not have (yet). */
export const NoCard = () => (
  <Page title="Kaart niet gevonden" stack>
    <Crumb href="#/kaarten" text="Kaarten" />
    <Title>Deze kaart is er nog niet</Title>
    <Notice>
      <p>De kaart is nog niet op dit toestel. Open hem één keer met bereik.</p>
    </Notice>
    <Button href="#/kaarten">Naar de kaarten</Button>
  </Page>
);
