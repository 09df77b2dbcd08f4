import { useState } from "preact/hooks";
import * as api from "../../api";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { go } from "../../router";
import { signIn } from "../../session";
import { formatTime } from "../../words";
import { installed } from "../InstallHint";
import { home } from "../Nav";
import { signInFault } from "./fault";
import { AppleSteps, isApple } from "./Install";
import { ready } from "./passkey";

/** The link of an invitation. It is used only after a tap, so that a preview does not spend it. */
export const Invitation = ({ token }: { token: string }) =>
  isApple() && !installed() ? <OnApple token={token} /> : <Confirm token={token} />;

function Confirm({ token }: { token: string }) {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const enter = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await signIn({ invitation: token });
      go((await ready()) ? "/passkey" : home(), true);
    } catch (error) {
      setFault(signInFault(error));
    }
    setBusy(false);
  };
  return (
    <Page
      title="Je bent uitgenodigd"
      foot={
        <Dock label="Inloggen" one>
          <Button kind="primary-action" onClick={enter}>
            Ja, log in op dit toestel
          </Button>
        </Dock>
      }
    >
      <div class="head envelope-page">
        <Title>Je bent uitgenodigd</Title>
        <p>
          Met de signaalkaart zie je waar je op kunt letten. Wat je ziet, meld je veilig bij de
          gemeente.
        </p>
      </div>
      <p class="note">
        De uitnodiging werkt één keer. Gebruik dus het toestel waarmee je wilt melden.
      </p>
      {fault && <Fault text={fault} />}
    </Page>
  );
}

/** A Home Screen app on an iPhone has storage of its own: install first, sign in there with a code. */
function OnApple({ token }: { token: string }) {
  const [code, setCode] = useState<{ code: string; expires_at: string }>();
  const [fault, setFault] = useState("");
  const ask = () =>
    api.invitationCode(token).then(setCode, (error) => setFault(signInFault(error)));
  return (
    <Page
      title="Zet de app eerst op je iPhone"
      foot={
        <Dock label="Code" one>
          <Button kind="primary-action" onClick={ask}>
            {code ? "Maak een nieuwe code" : "Toon mijn code"}
          </Button>
        </Dock>
      }
    >
      <div class="head envelope-page">
        <Title>Zet de app eerst op je iPhone</Title>
        <p>Daarna log je in de app in met een code. Kies Inloggen en typ hem over.</p>
      </div>
      <div role="status">
        {code && (
          <div class="box stack stack--2 center">
            <p class="meta">Jouw code</p>
            <p class="code">{code.code.replace(/(.{4})/, "$1 ")}</p>
            <p class="meta">Geldig tot {formatTime(new Date(code.expires_at))}</p>
          </div>
        )}
      </div>
      {fault && <Fault text={fault} />}
      <div class="space">
        <AppleSteps />
      </div>
    </Page>
  );
}

const Fault = ({ text }: { text: string }) => (
  <div class="space">
    <Problem text={text} />
  </div>
);
