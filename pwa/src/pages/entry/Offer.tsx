import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { go } from "../../router";
import { current } from "../../session";
import { home } from "../Nav";
import { signInFault } from "./fault";
import * as passkey from "./passkey";

const REPORTERS = ["melder", "contactpersoon"];

/** Right after an invitation: how to come back without a new one. */
export function Offer() {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const reports = REPORTERS.includes(current()?.role ?? "");
  const make = async () => {
    if (busy) return;
    setBusy(true);
    setFault("");
    try {
      await passkey.create();
      go(home(), true);
    } catch (error) {
      setFault(signInFault(error));
    }
    setBusy(false);
  };
  const title = "Kom hierna zo weer binnen";
  return (
    <Page
      title={title}
      foot={
        <Dock label="Passkey" one>
          <Button kind="primary-action" onClick={make}>
            Stel een passkey in
          </Button>
        </Dock>
      }
    >
      <div class="head envelope-page">
        <Title>{title}</Title>
        <p>
          Met een passkey log je in met je vinger, je gezicht of de code van je toestel. Er is geen
          wachtwoord, en niemand anders komt erin.
        </p>
      </div>
      <p class="note">
        {reports
          ? "Zonder passkey vraag je over een maand een nieuwe uitnodiging. Melden kan altijd."
          : "Zonder passkey heb je morgen een nieuwe uitnodiging nodig."}
      </p>
      {fault && (
        <div class="space">
          <Problem text={fault} />
        </div>
      )}
      <div class="space">
        <Button kind="subtle" onClick={() => go(home(), true)}>
          Nu niet
        </Button>
      </div>
    </Page>
  );
}
