import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { explain } from "../problems";
import { setValue } from "./calls";
import type { FormProps } from "./MeasureForm";
import { halfName, halves, numberOf, wrongNumber } from "./phrases";

/** The value of one half year; what stands there now can be changed or taken away. */
export function ValueForm({ goal, half: now, onKept, onCancel }: FormProps & { half: string }) {
  const kept = (half: string) => goal.values.find((one) => one.half === half);
  const shown = (half: string) => {
    const value = kept(half)?.value ?? null;
    return value === null ? "" : String(value);
  };
  const [half, setHalf] = useState(now);
  const [text, setText] = useState(() => shown(now));
  const [fault, setFault] = useState("");
  const [problem, setProblem] = useState("");
  const keep = async (event: Event) => {
    event.preventDefault();
    const value = numberOf(text, goal.unit);
    if (value === undefined) {
      setFault(wrongNumber(goal.unit));
      document.getElementById(`waarde-${goal.goal}`)?.focus();
      return;
    }
    try {
      await setValue({ goal: goal.goal, half, value, version: kept(half)?.version ?? 0 });
      onKept(`${halfName(half)}: bewaard.`);
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <form class="effect__form stack stack--3" onSubmit={(event) => void keep(event)} noValidate>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
      <Select
        id={`half-${goal.goal}`}
        label="Welk half jaar?"
        value={half}
        onValue={(next) => {
          setHalf(next);
          setText(shown(next));
          setFault("");
        }}
      >
        {halves(now, 8).map((one) => (
          <option key={one} value={one}>
            {halfName(one)}
          </option>
        ))}
      </Select>
      <Field
        id={`waarde-${goal.goal}`}
        label={goal.unit === "percent" ? "Waarde in procent" : "Aantal"}
        hint={
          goal.unit === "count" ? "Onder de 5 bewaren we alleen dat het er weinig zijn." : undefined
        }
        value={text}
        onValue={(next) => {
          setText(next);
          setFault("");
        }}
        error={fault || undefined}
      />
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
