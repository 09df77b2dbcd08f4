import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Chart } from "./Chart";
import type { Goal } from "./calls";
import { MeasureForm } from "./MeasureForm";
import { halfName, NAMES, valueText } from "./phrases";
import { ValueForm } from "./ValueForm";

interface GoalCardProps {
  goal: Goal;
  half: string;
  /** The words of a question to reporters. */
  question: (id: string) => string;
  /** Whether this person enters values. */
  may: boolean;
  onKept: (said: string) => void;
  /** A colleague changed it first. */
  onStale: () => void;
}

/** One goal: what it is measured by, where it began, and every half year since. */
export function GoalCard({ goal, half, question, may, onKept, onStale }: GoalCardProps) {
  const [open, show] = useState<"measure" | "value" | null>(null);
  const name = NAMES[goal.goal];
  const kept = (said: string) => {
    show(null);
    onKept(said);
  };
  const form = { goal, onKept: kept, onStale, onCancel: () => show(null) };
  return (
    <section aria-labelledby={goal.goal} class="effect__goal stack stack--3">
      <h2 class="utrecht-heading-2" id={goal.goal} tabIndex={-1}>
        {name}
      </h2>
      <p class="meta">{goal.measure || "Nog niet gekozen hoe we dit meten."}</p>
      <Chart goal={goal} />
      {goal.values.length > 0 || goal.baseline !== null || goal.baseline_few ? (
        <Values goal={goal} />
      ) : (
        <p>
          {goal.entered
            ? "Er zijn nog geen waarden."
            : "Er zijn nog geen twee kwartalen van een half jaar gepubliceerd."}
        </p>
      )}
      {may && hidesEntered(goal) && (
        <p class="meta">
          Bij ‘verborgen’ weten we niet over hoeveel mensen het percentage gaat. Vul het opnieuw in.
        </p>
      )}
      {may && open === null && (
        <div class="row">
          {goal.entered && (
            <Button onClick={() => show("value")}>
              Vul een half jaar in<span class="vh">: {name}</span>
            </Button>
          )}
          <Button onClick={() => show("measure")}>
            {goal.entered ? "Kies hoe je meet" : "Vul in waar het begon"}
            <span class="vh">: {name}</span>
          </Button>
        </div>
      )}
      {open === "measure" && <MeasureForm {...form} />}
      {open === "value" && <ValueForm {...form} half={half} question={question} />}
    </section>
  );
}

/** Whether a percentage was entered before we asked over how many people it is. */
const hidesEntered = ({ unit, entered, baseline_few, values }: Goal) =>
  unit === "percent" && (baseline_few || (entered && values.some(({ few }) => few)));

function Values({ goal }: { goal: Goal }) {
  const start = { value: goal.baseline, few: goal.baseline_few, over: goal.baseline_over };
  return (
    <table class="utrecht-table effect__values">
      <caption class="vh">{NAMES[goal.goal]}</caption>
      <thead>
        <tr>
          <th scope="col">Wanneer</th>
          <th scope="col" class="num">
            Waarde
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            Bij de start
            {goal.baseline_half && `: ${halfName(goal.baseline_half).toLowerCase()}`}
          </th>
          <td class="num">{valueText(goal.unit, start)}</td>
        </tr>
        {goal.values.map((one) => (
          <tr key={one.half}>
            <th scope="row">{halfName(one.half)}</th>
            <td class="num">{valueText(goal.unit, one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
