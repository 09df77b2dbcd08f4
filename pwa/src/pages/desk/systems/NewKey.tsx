import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { proven } from "../../entry/passkey";
import { dayAfter } from "../day";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import { type MadeSystem, makeKey } from "./calls";
import "./systems.css";

/** A key has a name and a last day; the passkey is asked for before it is made. */
export function NewKey({ onMade }: { onMade: (made: MadeSystem) => void }) {
  const [open, show] = useState(false);
  const [name, setName] = useState("");
  const [day, setDay] = useState(() => dayAfter(180));
  const step = useStep(() => undefined);
  const needs = useNeeds(
    ["sleutel-naam", name.trim(), "Schrijf op welk systeem het is."],
    ["sleutel-tot", day, "Kies een dag."],
  );
  if (!open) {
    return (
      <div class="row">
        <Button kind="primary-action" onClick={() => show(true)}>
          Maak een sleutel
        </Button>
      </div>
    );
  }
  const make = (event: Event) => {
    if (!needs.met(event)) return;
    void step.run(async () => onMade(await proven(() => makeKey(name.trim(), day))));
  };
  return (
    <form class="systems__form stack stack--3" onSubmit={make} noValidate>
      <Problem text={step.problem} />
      <Field
        id="sleutel-naam"
        label="Voor welk systeem?"
        hint="Zoals: dashboard van de gemeente. Geen naam van een persoon."
        value={name}
        onValue={setName}
        {...needs.of("sleutel-naam")}
      />
      <Field
        id="sleutel-tot"
        type="date"
        label="Werkt tot en met"
        hint="Hooguit een jaar. Daarna maak je een nieuwe."
        value={day}
        onValue={setDay}
        max={dayAfter(365)}
        {...needs.of("sleutel-tot")}
      />
      <div class="row">
        <Button kind="primary-action" type="submit" disabled={step.busy}>
          Maak de sleutel
        </Button>
        <Button kind="subtle" onClick={() => show(false)}>
          Annuleer
        </Button>
      </div>
    </form>
  );
}
