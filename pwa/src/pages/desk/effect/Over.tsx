import { Field } from "../../../parts/Field";
import type { Goal } from "./calls";

interface OverProps {
  id: string;
  goal: Goal;
  value: string;
  onValue: (value: string) => void;
  error?: string;
}

/** Over how many a percentage is: of few people it would tell what one of them said. */
export const Over = ({ goal, ...field }: OverProps) => (
  <Field
    label={goal.entered ? "Over hoeveel mensen gaat dit?" : "Over hoeveel antwoorden gaat dit?"}
    hint="Minstens 5, anders bewaren we het percentage niet."
    {...field}
  />
);

export const overId = (goal: Goal) => `over-${goal.goal}`;
