import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Field } from "../../parts/Field";
import { Crumb, Page, Title } from "../../parts/Page";
import { go } from "../../router";
import { signIn } from "../../session";
import { home } from "../Nav";
import { Numbers } from "../Numbers";
import { signInFault } from "./fault";
import { readInvitation } from "./invitation";

export function SignIn() {
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const enter = async (event: Event) => {
    event.preventDefault();
    const by = readInvitation(text);
    if (!by || busy) {
      if (!by) setFault("Vul de 8 letters en cijfers van je code in, of plak de hele link.");
      document.getElementById("code")?.focus();
      return;
    }
    setBusy(true);
    try {
      await signIn(by);
      go(home(), true);
    } catch (error) {
      setFault(signInFault(error));
      document.getElementById("code")?.focus();
    }
    setBusy(false);
  };
  return (
    <Page
      title="Inloggen"
      foot={
        <Dock label="Inloggen" one>
          <Button kind="primary-action" onClick={enter}>
            Log in
          </Button>
        </Dock>
      }
    >
      <Crumb href="#/kaarten" text="Kaarten" />
      <div class="head">
        <Title>Inloggen</Title>
        <p>
          Je kreeg een uitnodiging van de gemeente of van je eigen organisatie. Daarin staat een
          code en een link.
        </p>
      </div>
      <form class="form" noValidate onSubmit={enter}>
        <Field
          id="code"
          label="Code of link"
          hint="Een code heeft 8 letters en cijfers, zoals ABCD2345. Plakken mag."
          autocomplete="one-time-code"
          value={text}
          error={fault || undefined}
          onValue={(value) => {
            setText(value);
            setFault("");
          }}
        />
      </form>
      <Numbers signIn={false} />
    </Page>
  );
}
