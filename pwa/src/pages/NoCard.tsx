import { Button } from "../parts/Button";
import { Notice } from "../parts/Notice";
import { Crumb, Page, Title } from "../parts/Page";
import { current } from "../session";
import { Numbers } from "./Numbers";

/** An address of a card this phone does not have, or not yet. */
export const NoCard = () => (
  <Page title="Deze kaart is er nog niet" stack>
    <Crumb href="#/kaarten" text="Kaarten" />
    <Title>Deze kaart is er nog niet</Title>
    <Notice>
      <p>
        {current()
          ? "De kaart is nog niet op dit toestel. Open hem één keer met bereik."
          : "Deze kaart zie je als je bent uitgenodigd en ingelogd."}
      </p>
    </Notice>
    {current() ? <Button href="#/kaarten">Naar de kaarten</Button> : <Numbers />}
  </Page>
);
