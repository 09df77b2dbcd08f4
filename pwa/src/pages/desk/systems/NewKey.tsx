import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { proven } from "../../entry/passkey";
import { dayAfter } from "../day";
import { explain } from "../problems";
import { type MadeSystem, makeKey } from "./calls";
import "./systems.css";

interface NewKeyProps {
  onMade: (made: MadeSystem) => void;
  onProblem: (problem: string) => void;
}

/** A key has a name and a last day; the passkey is asked for before it is made. */
export function NewKey({ onMade, onProblem }: NewKeyProps) {
  const [open, show] = useState(false);
  const [name, setName] = useState("");
  const [day, setDay] = useState(() => dayAfter(180));
  const [faults, setFaults] = useState<{ name?: string; day?: string }>({});
  if (!open) {
    return (
      <div class="row">
        <Button kind="primary-action" onClick={() => show(true)}>
          Maak een sleutel
        </Button>
      </div>
    );
  }
  const make = async (event: Event) => {
    event.preventDefault();
    const found = {
      ...(name.trim() ? {} : { name: "Schrijf op welk systeem het is." }),
      ...(day ? {} : { day: "Kies een dag." }),
    };
    setFaults(found);
    if (Object.keys(found).length) {
      document.getElementById(found.name ? "sleutel-naam" : "sleutel-tot")?.focus();
      return;
    }
    try {
      onMade(await proven(() => makeKey(name.trim(), day)));
    } catch (error) {
      onProblem(explain(error));
    }
  };
  return (
    <form class="systems__form stack stack--3" onSubmit={(event) => void make(event)} noValidate>
      <Field
        id="sleutel-naam"
        label="Voor welk systeem?"
        hint="Zoals: dashboard van de gemeente. Geen naam van een persoon."
        value={name}
        onValue={setName}
        error={faults.name}
      />
      <Field
        id="sleutel-tot"
        type="date"
        label="Werkt tot en met"
        hint="Hooguit een jaar. Daarna maak je een nieuwe."
        value={day}
        onValue={setDay}
        max={dayAfter(365)}
        error={faults.day}
      />
      <div class="row">
        <Button kind="primary-action" type="submit">
          Maak de sleutel
        </Button>
        <Button kind="subtle" onClick={() => show(false)}>
          Annuleer
        </Button>
      </div>
    </form>
  );
}
