import { Choice } from "../../parts/Choice";
import { Field } from "../../parts/Field";
import { formatTime } from "../../words";
import { weekday } from "../days";
import { type Ask, faultOf } from "./ask";
import { localMoment } from "./form";

/** "Net" is when the form was opened; after a night in a draft it is called by its day. */
function justNow(started: string, now: string): string {
  const at = formatTime(new Date(started));
  return started.slice(0, 10) === now.slice(0, 10) ? `Net, om ${at}` : `${weekday(started)}, ${at}`;
}

export function AskWhen({ form, faults, set }: Ask) {
  const now = localMoment(new Date());
  return (
    <>
      <Choice
        id="moment"
        legend="Wanneer was het?"
        options={[
          ["now", justNow(form.started, now)],
          ["earlier", "Eerder"],
        ]}
        value={form.moment}
        onValue={(moment) => set({ moment })}
      />
      {form.moment === "earlier" && (
        <div class="two">
          <Field
            id="dag"
            type="date"
            label="Welke dag?"
            max={now.slice(0, 10)}
            value={form.date}
            error={faultOf(faults, "dag")}
            onValue={(date) => set({ date })}
          />
          <Field
            id="tijd"
            type="time"
            label="Hoe laat, ongeveer?"
            value={form.time}
            error={faultOf(faults, "tijd")}
            onValue={(time) => set({ time })}
          />
        </div>
      )}
    </>
  );
}
