import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { explain } from "../problems";
import { type Goal, setGoal } from "./calls";
import { numberOf, wrongNumber } from "./phrases";

export interface FormProps {
  goal: Goal;
  onKept: (said: string) => void;
  onCancel: () => void;
}

/** What a goal is measured by, and where it stood when the approach began. */
export function MeasureForm({ goal, onKept, onCancel }: FormProps) {
  const [measure, setMeasure] = useState(goal.measure);
  const [start, setStart] = useState(goal.baseline === null ? "" : String(goal.baseline));
  const [faults, setFaults] = useState<{ measure?: string; start?: string }>({});
  const [problem, setProblem] = useState("");
  const at = (part: string) => `${part}-${goal.goal}`;
  const keep = async (event: Event) => {
    event.preventDefault();
    const baseline = numberOf(start, goal.unit);
    const found = {
      ...(measure.trim() ? {} : { measure: "Schrijf op hoe je het meet." }),
      ...(baseline === undefined ? { start: wrongNumber(goal.unit) } : {}),
    };
    setFaults(found);
    if (baseline === undefined || found.measure) {
      document.getElementById(at(found.measure ? "maat" : "start"))?.focus();
      return;
    }
    try {
      await setGoal({ goal: goal.goal, measure: measure.trim(), baseline, version: goal.version });
      onKept("Bewaard hoe je dit meet.");
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
      <Field
        id={at("maat")}
        label="Hoe meet je dit?"
        hint="Zonder namen."
        rows={2}
        value={measure}
        onValue={setMeasure}
        error={faults.measure}
      />
      <Field
        id={at("start")}
        label={goal.unit === "percent" ? "Waarde bij de start, in procent" : "Aantal bij de start"}
        optional
        value={start}
        onValue={setStart}
        error={faults.start}
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
