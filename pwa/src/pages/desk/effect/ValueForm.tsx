import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import { setValue } from "./calls";
import { type FormProps, Frame } from "./Frame";
import { halfName, halves, numberOf, typed, wrongNumber } from "./phrases";

interface ValueFormProps extends FormProps {
  half: string;
  /** The words of a question to reporters. */
  question: (id: string) => string;
}

/** The value of one half year; what stands there now can be changed or taken away. */
export function ValueForm({ goal, half: now, question, ...props }: ValueFormProps) {
  const { onKept, onStale, onCancel } = props;
  const kept = (half: string) => goal.values.find((one) => one.half === half);
  const shown = (half: string) => typed(kept(half));
  const [half, setHalf] = useState(now);
  const [text, setText] = useState(() => shown(now));
  const said = goal.said_yes.find((one) => one.half === half);
  const value = numberOf(text, goal.unit);
  const id = `waarde-${goal.goal}`;
  const step = useStep(onStale);
  const needs = useNeeds([id, value !== undefined, wrongNumber(goal.unit)]);
  const keep = (event: Event) => {
    if (!needs.met(event) || value === undefined) return;
    void step.run(async () => {
      await setValue(value, { goal: goal.goal, half, version: kept(half)?.version ?? 0 });
      onKept(`${halfName(half)}: bewaard.`);
    });
  };
  return (
    <Frame step={step} onSubmit={keep} onCancel={onCancel}>
      <Select
        id={`half-${goal.goal}`}
        label="Welk half jaar?"
        value={half}
        onValue={(next) => {
          setHalf(next);
          setText(shown(next));
        }}
      >
        {halves(now, 8).map((one) => (
          <option key={one} value={one}>
            {halfName(one)}
          </option>
        ))}
      </Select>
      <Field
        id={id}
        label={goal.unit === "percent" ? "Waarde in procent" : "Aantal"}
        hint={
          goal.unit === "count" ? "Onder de 5 bewaren we alleen dat het er weinig zijn." : undefined
        }
        value={text}
        onValue={setText}
        {...needs.of(id)}
      />
      {said && (
        <p class="row">
          <span>
            Van de melders zei {said.value}% ja op ‘{question(said.question)}’
          </span>
          <Button onClick={() => setText(String(said.value))}>
            Neem over<span class="vh">: {said.value}%</span>
          </Button>
        </p>
      )}
    </Frame>
  );
}
