import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import "./away.css";
import type { Colleague } from "./calls";

interface AwayFormProps {
  others: readonly Colleague[];
  onKeep: (until: string, substitute: string | null) => void;
  onCancel: () => void;
}

export function AwayForm({ others, onKeep, onCancel }: AwayFormProps) {
  const [until, setUntil] = useState("");
  const [substitute, setSubstitute] = useState("");
  const [fault, setFault] = useState("");
  const keep = (event: Event) => {
    event.preventDefault();
    if (!until) {
      setFault("Kies de laatste dag dat je collega er niet is.");
      document.getElementById("afwezig-tot")?.focus();
      return;
    }
    onKeep(until, substitute || null);
  };
  return (
    <form class="away stack stack--3" onSubmit={keep} noValidate>
      <Field
        id="afwezig-tot"
        type="date"
        label="Afwezig tot en met"
        value={until}
        onValue={(day) => {
          setUntil(day);
          setFault("");
        }}
        error={fault || undefined}
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
        <Button kind="primary-action" type="submit">
          Bewaar
        </Button>
        <Button kind="subtle" onClick={onCancel}>
          Annuleer
        </Button>
      </div>
    </form>
  );
}
