import { useState } from "preact/hooks";
import { Field, Select } from "../../../parts/Field";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import { setValue } from "./calls";
import { type FormProps, Frame } from "./Frame";
import { halfName, halves, numberOf, wrongNumber } from "./phrases";

/** The value of one half year; what stands there now can be changed or taken away. */
export function ValueForm({ goal, half: now, ...props }: FormProps & { half: string }) {
  const { onKept, onStale, onCancel } = props;
  const kept = (half: string) => goal.values.find((one) => one.half === half);
  const shown = (half: string) => {
    const value = kept(half)?.value ?? null;
    return value === null ? "" : String(value);
  };
  const [half, setHalf] = useState(now);
  const [text, setText] = useState(() => shown(now));
  const value = numberOf(text, goal.unit);
  const id = `waarde-${goal.goal}`;
  const step = useStep(onStale);
  const needs = useNeeds([id, value !== undefined, wrongNumber(goal.unit)]);
  const keep = (event: Event) => {
    if (!needs.met(event) || value === undefined) return;
    void step.run(async () => {
      await setValue({ goal: goal.goal, half, value, version: kept(half)?.version ?? 0 });
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
    </Frame>
  );
}
