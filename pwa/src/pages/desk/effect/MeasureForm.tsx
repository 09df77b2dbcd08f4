import { useState } from "preact/hooks";
import { Field } from "../../../parts/Field";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import { setGoal } from "./calls";
import { type FormProps, Frame } from "./Frame";
import { Over, overId } from "./Over";
import { numberOf, overOf, typed, WRONG_OVER, wrongNumber } from "./phrases";

/** What a goal is measured by, and where it stood when the approach began. */
export function MeasureForm({ goal, onKept, onStale, onCancel }: FormProps) {
  const [measure, setMeasure] = useState(goal.measure);
  const worked = goal.baseline_half !== null;
  const [start, setStart] = useState(
    typed(worked ? undefined : { value: goal.baseline, few: goal.baseline_few }, goal.unit),
  );
  const [people, setPeople] = useState(String(goal.baseline_over ?? ""));
  const baseline = numberOf(start, goal.unit);
  const over = overOf(people, goal.unit, baseline);
  const at = (part: string) => `${part}-${goal.goal}`;
  const step = useStep(onStale);
  const needs = useNeeds(
    [at("maat"), measure.trim(), "Schrijf op hoe je het meet."],
    [at("start"), baseline !== undefined, wrongNumber(goal.unit)],
    [overId(goal), over !== undefined, WRONG_OVER],
  );
  const keep = (event: Event) => {
    if (!needs.met(event) || baseline === undefined || over === undefined) return;
    void step.run(async () => {
      const { goal: name, version } = goal;
      await setGoal({ ...baseline, over }, { goal: name, measure: measure.trim(), version });
      onKept("Bewaard hoe je dit meet.");
    });
  };
  return (
    <Frame step={step} onSubmit={keep} onCancel={onCancel}>
      {goal.entered && (
        <Field
          id={at("maat")}
          label="Hoe meet je dit?"
          hint="Zonder namen."
          rows={2}
          value={measure}
          onValue={setMeasure}
          {...needs.of(at("maat"))}
        />
      )}
      <Field
        id={at("start")}
        label={goal.unit === "percent" ? "Waarde bij de start, in procent" : "Aantal bij de start"}
        hint={goal.entered ? undefined : "Leeg: het eerste half jaar waarvan er cijfers zijn."}
        optional
        value={start}
        onValue={setStart}
        {...needs.of(at("start"))}
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
    </Frame>
  );
}
