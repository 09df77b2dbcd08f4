import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { Heading } from "../../parts/Page";
import { sayWhy } from "./Channels";
import {
  confirmAddress,
  type Preferences,
  preferences,
  removeAddress,
  setAddress,
} from "./channels";

interface MailAddressProps {
  mail: Preferences["mail"];
  onMail: (now: Preferences) => void;
}

const STATES: Record<Preferences["mail"]["state"], string> = {
  off: "",
  none: "Je hebt geen mailadres ingevuld. Er gaat geen mail naar je toe.",
  waiting: "We hebben een code gestuurd. Vul hem hieronder in, daarna komt er mail.",
  confirmed: "Komt een seintje nergens aan, dan sturen we een mail.",
  refused: "De mail komt niet aan. Klopt het adres? Vul het opnieuw in.",
};

/** An address counts once the code that went there was typed here. */
export function MailAddress({ mail, onMail }: MailAddressProps) {
  const [address, setAddressText] = useState("");
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<{ field: "mailadres" | "code"; text: string } | null>(null);
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  const act = async (
    field: "mailadres" | "code",
    work: () => Promise<Preferences | undefined>,
    done: string,
  ) => {
    setBusy(true);
    setFault(null);
    say("Even geduld …");
    try {
      onMail((await work()) ?? (await preferences()));
      setAddressText("");
      setCode("");
      say(done);
    } catch (error) {
      say("");
      setFault({ field, text: sayWhy(error) });
      document.getElementById(field)?.focus();
    }
    setBusy(false);
  };
  const send = () =>
    act(
      "mailadres",
      () => setAddress(address.trim()).then(() => undefined),
      "De code is onderweg.",
    );
  const at = (field: "mailadres" | "code") => (fault?.field === field ? fault.text : undefined);
  return (
    <>
      <Heading>Mail</Heading>
      {mail.address && (
        <p>
          <b>{mail.address}</b>
        </p>
      )}
      {mail.state === "refused" ? (
        <Notice kind="warning">
          <p>{STATES.refused}</p>
        </Notice>
      ) : (
        <p class="meta">{STATES[mail.state]}</p>
      )}
      <div class="stack stack--3 space">
        {mail.state === "waiting" && (
          <>
            <Field
              id="code"
              label="Code uit de mail"
              autocomplete="one-time-code"
              value={code}
              onValue={setCode}
              error={at("code")}
            />
            <div class="row">
              <Button
                disabled={busy}
                onClick={() =>
                  void act("code", () => confirmAddress(code), "Je mailadres is bevestigd.")
                }
              >
                Bevestig mailadres
              </Button>
            </div>
          </>
        )}
        <Field
          id="mailadres"
          type="email"
          autocomplete="email"
          label={mail.address ? "Ander mailadres" : "Mailadres"}
          value={address}
          onValue={setAddressText}
          error={at("mailadres")}
        />
        <div class="row">
          <Button disabled={busy} onClick={() => void send()}>
            Stuur een code
          </Button>
          {mail.address && (
            <Button
              kind="subtle"
              disabled={busy}
              onClick={() =>
                void act(
                  "mailadres",
                  () => removeAddress().then(() => undefined),
                  "Je mailadres is weg.",
                )
              }
            >
              Haal mailadres weg
            </Button>
          )}
        </div>
        <p role="status" class="meta">
          {said}
        </p>
      </div>
    </>
  );
}
