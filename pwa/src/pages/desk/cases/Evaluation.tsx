import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { say } from "../../../parts/places";
import { shortDay } from "../day";
import { useStep } from "../useStep";
import * as cases from "./cases";
import type { FormProps } from "./Forms";

/** The day on which everybody looks back; no names are needed for it. */
export function Evaluation({ row, onDone }: Pick<FormProps, "row" | "onDone">) {
  const [day, setDay] = useState(row.evaluate_on ?? "");
  const step = useStep(() => void onDone());
  const send = (event: Event) => {
    event.preventDefault();
    void step.run(async () => {
      const body = { version: row.version, evaluate_on: day || null };
      await cases.step(row.id, "evaluations", body);
      await onDone();
      say(day ? `De evaluatie is op ${shortDay(day)}.` : "Er staat geen evaluatie meer.");
    });
  };
  return (
    <Fold title={row.evaluate_on ? "Verzet de evaluatie" : "Plan de evaluatie"} boxed>
      <form class="stack stack--3 casepad" onSubmit={send}>
        <Field
          id="evaluatie-dag"
          label="Dag van de evaluatie"
          hint="Een week ervoor krijgt het kernteam een seintje."
          type="date"
          value={day}
          onValue={setDay}
        />
        <Problem text={step.problem} />
        <div>
          <Button type="submit" disabled={step.busy}>
            Bewaar
          </Button>
        </div>
      </form>
    </Fold>
  );
}
