import { Button } from "../parts/Button";
import { Crumb, Page, Title } from "../parts/Page";

export const NotFound = () => (
  <Page title="Dit is er niet" stack>
    <Crumb href="#/kaarten" text="Kaarten" />
    <Title>Dit is er niet</Title>
    <p>De pagina of melding staat niet op dit toestel.</p>
    <Button href="#/mijn">Naar mijn meldingen</Button>
  </Page>
);
