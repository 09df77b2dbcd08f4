import { useEffect, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { go } from "../../router";
import { home } from "../Nav";
import { signInFault } from "./fault";
import * as oidc from "./oidc";

const STOPPED = "Je bent niet ingelogd. Probeer het nog een keer, of kies een andere manier.";

/** Where the gemeente's own sign-in sends somebody back to. */
export function Return({ code, state }: { code: string; state: string }) {
  const [fault, setFault] = useState(code && state ? "" : STOPPED);
  useEffect(() => {
    if (!code || !state) return;
    oidc.signIn(code, state).then(
      () => go(home(), true),
      (error) => setFault(signInFault(error)),
    );
  }, [code, state]);
  return (
    <Page
      title="Inloggen"
      foot={
        fault ? (
          <Dock label="Inloggen" one>
            <Button kind="primary-action" href="#/inloggen">
              Naar inloggen
            </Button>
          </Dock>
        ) : undefined
      }
    >
      <div class="head envelope-page">
        <Title>Inloggen</Title>
      </div>
      <p role="status">{!fault && "Even geduld. We kijken wie je bent."}</p>
      <Problem text={fault} />
    </Page>
  );
}
