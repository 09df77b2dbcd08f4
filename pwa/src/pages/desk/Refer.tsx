import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Field, Select } from "../../parts/Field";
import { Problem } from "../../parts/Problem";
import type { ObservationPlain } from "../../types";
import { type ReferralChoices, refer } from "./calls";
import type { FollowUpProps } from "./FollowUp";
import { explain } from "./problems";
import { groundsFor, loadChoices } from "./referral";
import { useStep } from "./useStep";

interface ReferProps extends FollowUpProps {
  onDone: (plain: ObservationPlain) => void;
}

type Fault = "" | "wie" | "grond" | "gedeeld";

/** Somebody else is brought in: who, on which ground and what they were told. Nothing is sent. */
export function Refer({ plain, onStale, onDone }: ReferProps) {
  const [choices, setChoices] = useState<ReferralChoices | null>(null);
  const [missing, setMissing] = useState("");
  const [to, setTo] = useState("");
  const [ground, setGround] = useState("");
  const [shared, setShared] = useState("");
  const [fault, setFault] = useState<Fault>("");
  const { problem, busy, run } = useStep(onStale);
  // One id for this referral, so that sending it again after silence is the same one.
  const id = useRef(crypto.randomUUID());
  useEffect(() => {
    loadChoices().then(setChoices, (error) => setMissing(explain(error)));
  }, []);
  if (missing) return <p class="meta step">{missing}</p>;
  if (!choices) return <p class="meta step">Keuzes ophalen…</p>;
  const grounds = groundsFor(choices, to);
  const receiver = choices.to.find((one) => one.id === to);
  const chosen = grounds.find((one) => one.id === ground);

  const send = (event: Event) => {
    event.preventDefault();
    const lack: Fault = !to ? "wie" : !ground ? "grond" : !shared.trim() ? "gedeeld" : "";
    setFault(lack);
    if (lack) return document.getElementById(lack)?.focus();
    void run(async () => {
      const body = { id: id.current, version: plain.version, to, ground, shared: shared.trim() };
      onDone(await refer(plain.id, body));
    });
  };
  const told = (field: Fault, text: string) => fault === field && { error: text };
  return (
    <form class="step" onSubmit={send} noValidate>
      <p class="meta">
        De signaalkaart verstuurt niets. Neem zelf contact op en leg het hier vast.
      </p>
      <Select
        id="wie"
        label="Wie haal je erbij?"
        hint={receiver?.text}
        value={to}
        onValue={(value) => {
          setTo(value);
          setGround("");
          setFault("");
        }}
        {...told("wie", "Kies wie je erbij haalt.")}
      >
        <option value="">Kies iemand</option>
        {choices.to.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Select>
      {to && (
        <Select
          id="grond"
          label="Waarom mag dat?"
          hint={chosen?.text}
          value={ground}
          onValue={(value) => {
            setGround(value);
            setFault("");
          }}
          {...told("grond", "Kies een grond.")}
        >
          <option value="">Kies een grond</option>
          {grounds.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
      <Field
        id="gedeeld"
        label="Wat heb je gedeeld?"
        hint="Zo weinig als kan. Verzegeld bij de melding."
        rows={3}
        value={shared}
        onValue={(value) => {
          setShared(value);
          setFault("");
        }}
        {...told("gedeeld", "Schrijf op wat je deelde.")}
      />
      <Problem text={problem} />
      <div>
        <Button type="submit" disabled={busy}>
          Leg vast
        </Button>
      </div>
    </form>
  );
}
