import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { explain } from "../problems";
import * as meetings from "./meetings";
import { momentOf } from "./phrases";

interface PlanProps {
  onPlanned: () => void;
}

const blank = { day: "", time: "09:00", place: "" };

/** A meeting beside the rhythm. */
export function Plan({ onPlanned }: PlanProps) {
  const [form, setForm] = useState(blank);
  const [fault, setFault] = useState("");
  const [problem, setProblem] = useState("");
  const set = (what: Partial<typeof form>) => {
    setForm({ ...form, ...what });
    setFault("");
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const starts_at = momentOf(form.day, form.time);
    if (!starts_at) {
      setFault("Kies een dag en een tijd.");
      return document.getElementById("overleg-dag")?.focus();
    }
    try {
      await meetings.plan({ starts_at, minutes: 60, place: form.place.trim() });
      setForm(blank);
      setProblem("");
      onPlanned();
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <details class="fold">
      <summary>Plan een extra overleg</summary>
      <form class="invite" onSubmit={send} noValidate>
        <div class="two">
          <Field
            id="overleg-dag"
            label="Dag"
            type="date"
            value={form.day}
            onValue={(day) => set({ day })}
            {...(fault && { error: fault })}
          />
          <Field
            id="overleg-tijd"
            label="Tijd"
            type="time"
            value={form.time}
            onValue={(time) => set({ time })}
          />
        </div>
        <Field
          id="overleg-plek"
          label="Plek"
          optional
          value={form.place}
          onValue={(place) => set({ place })}
        />
        <Problem text={problem} />
        <div>
          <Button type="submit">Plan overleg</Button>
        </div>
      </form>
    </details>
  );
}
