import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import "./away.css";
import type { Colleague } from "./calls";

interface AwayFormProps {
  others: readonly Colleague[];
  onKeep: (until: string, substitute: string | null) => Promise<void>;
  onCancel: () => void;
}

export function AwayForm({ others, onKeep, onCancel }: AwayFormProps) {
  const [until, setUntil] = useState("");
  const [substitute, setSubstitute] = useState("");
  const step = useStep(() => undefined);
  const needs = useNeeds(["afwezig-tot", until, "Kies de laatste dag dat je collega er niet is."]);
  const keep = (event: Event) => {
    if (needs.met(event)) void step.run(() => onKeep(until, substitute || null));
  };
  return (
    <form class="away stack stack--3" onSubmit={keep} noValidate>
      <Problem text={step.problem} />
      <Field
        id="afwezig-tot"
        type="date"
        label="Afwezig tot en met"
        value={until}
        onValue={setUntil}
        {...needs.of("afwezig-tot")}
      />
      <Select id="vervanger" label="Wie vervangt?" value={substitute} onValue={setSubstitute}>
        <option value="">Niemand</option>
        {others.map(({ id, name, role_label }) => (
          <option key={id} value={id}>
            {name}, {role_label.toLowerCase()}
          </option>
        ))}
      </Select>
      <div class="row">
        <Button kind="primary-action" type="submit" disabled={step.busy}>
          Bewaar
        </Button>
        <Button kind="subtle" onClick={onCancel}>
          Annuleer
        </Button>
      </div>
    </form>
  );
}
