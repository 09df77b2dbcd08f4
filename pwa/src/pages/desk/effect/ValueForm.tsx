import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import { setValue } from "./calls";
import { type FormProps, Frame } from "./Frame";
import { Over, overId } from "./Over";
import { halfName, halves, numberOf, overOf, typed, WRONG_OVER, wrongNumber } from "./phrases";

interface ValueFormProps extends FormProps {
  half: string;
  /** The words of a question to reporters. */
  question: (id: string) => string;
}

/** The value of one half year; what stands there now can be changed or taken away. */
export function ValueForm({ goal, half: now, question, ...props }: ValueFormProps) {
  const { onKept, onStale, onCancel } = props;
  const kept = (half: string) => goal.values.find((one) => one.half === half);
  const shown = (half: string) => typed(kept(half), goal.unit);
  const overShown = (half: string) => String(kept(half)?.over ?? "");
  const [half, setHalf] = useState(now);
  const [text, setText] = useState(() => shown(now));
  const [people, setPeople] = useState(() => overShown(now));
  const said = goal.said_yes.find((one) => one.half === half);
  const value = numberOf(text, goal.unit);
  const over = overOf(people, goal.unit, value);
  const id = `waarde-${goal.goal}`;
  const step = useStep(onStale);
  const needs = useNeeds(
    [id, value !== undefined, wrongNumber(goal.unit)],
    [overId(goal), over !== undefined, WRONG_OVER],
  );
  const keep = (event: Event) => {
    if (!needs.met(event) || value === undefined || over === undefined) return;
    void step.run(async () => {
      const version = kept(half)?.version ?? 0;
      await setValue({ ...value, over }, { goal: goal.goal, half, version });
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
          setPeople(overShown(next));
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
      {over !== null && (
        <Over
          id={overId(goal)}
          goal={goal}
          value={people}
          onValue={setPeople}
          {...needs.of(overId(goal))}
        />
      )}
      {said && (
        <p class="row">
          <span>
            Van de melders zei {said.value}% ja op ‘{question(said.question)}’
          </span>
          <Button
            onClick={() => {
              setText(String(said.value));
              setPeople(String(said.over));
            }}
          >
            Neem over<span class="vh">: {said.value}%</span>
          </Button>
        </p>
      )}
    </Frame>
  );
}
