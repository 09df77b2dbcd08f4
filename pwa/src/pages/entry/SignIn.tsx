import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Field } from "../../parts/Field";
import { Crumb, Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { go } from "../../router";
import { signIn } from "../../session";
import { home } from "../Nav";
import { Numbers } from "../Numbers";
import { useAnswer } from "../use";
import { signInFault } from "./fault";
import { readInvitation } from "./invitation";
import * as oidc from "./oidc";
import * as passkey from "./passkey";

export function SignIn() {
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  const byPasskey = passkey.able();
  const byAccount = useAnswer(oidc.available, "");
  const come = async (way: () => Promise<string>, say: (text: string) => void) => {
    if (busy) return;
    setBusy(true);
    try {
      go(await way(), true);
    } catch (error) {
      say(signInFault(error));
    }
    setBusy(false);
  };
  const enter = async (event: Event) => {
    event.preventDefault();
    const by = readInvitation(text);
    const say = (sentence: string) => {
      setFault(sentence);
      document.getElementById("code")?.focus();
    };
    if (!by) return say("Vul de 8 letters en cijfers van je code in, of plak de hele link.");
    const way = async () => {
      await signIn(by);
      return (await passkey.ready()) ? "/passkey" : home();
    };
    await come(way, say);
  };
  const useAccount = () => {
    setRefused("");
    oidc.question().then(
      (url) => location.assign(url),
      (error) => setRefused(signInFault(error)),
    );
  };
  const usePasskey = () => {
    setRefused("");
    return come(async () => {
      await passkey.signIn();
      return home();
    }, setRefused);
  };
  return (
    <Page
      title="Inloggen"
      foot={
        <Dock label="Inloggen" one>
          {byPasskey ? (
            <Button kind="primary-action" onClick={usePasskey}>
              Gebruik je passkey
            </Button>
          ) : (
            <Button kind="primary-action" onClick={enter}>
              Log in
            </Button>
          )}
        </Dock>
      }
    >
      <Crumb href="#/kaarten" text="Kaarten" />
      <div class="head">
        <Title>Inloggen</Title>
        <p>
          {byPasskey
            ? "Was je hier eerder? Gebruik dan je passkey. Anders heb je een uitnodiging nodig, van de gemeente of van je eigen organisatie."
            : "Je kreeg een uitnodiging van de gemeente of van je eigen organisatie. Daarin staat een code en een link."}
        </p>
      </div>
      {refused && (
        <div class="space">
          <Problem text={refused} />
        </div>
      )}
      {byAccount && (
        <div class="space">
          <Button onClick={useAccount}>Log in met je account van de gemeente</Button>
        </div>
      )}
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
        {byPasskey && (
          <div>
            <Button type="submit">Log in met de code</Button>
          </div>
        )}
      </form>
      <Numbers signIn={false} />
    </Page>
  );
}
