import { Button } from "../parts/Button";
import { Page, Title } from "../parts/Page";

/** A part of the app is not on this device yet, and there is no network to fetch it. */
export const NotLoaded = () => (
  <Page title="Niet geladen" stack>
    <Title>Dit scherm is nog niet geladen</Title>
    <p>Controleer je bereik en probeer het opnieuw. Wat je schreef, staat er nog.</p>
    <Button onClick={() => location.reload()}>Probeer opnieuw</Button>
  </Page>
);
