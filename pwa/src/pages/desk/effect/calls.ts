/** The goals of the approach, and what reporters answered. */
import { json, request } from "../../../request";

export type GoalName = "awareness" | "willingness" | "feedback_time" | "help_accepted";

export interface Value {
  half: string;
  value: number | null;
  /** Too few to show: under five, or hidden in the figures. */
  few: boolean;
  /** Over how many people a percentage is, where no small number follows from both. */
  over: number | null;
  version: number;
}

export interface Goal {
  goal: GoalName;
  unit: "percent" | "count";
  /** Not: its values come from the figures. */
  entered: boolean;
  measure: string;
  baseline: number | null;
  baseline_few: boolean;
  baseline_over: number | null;
  /** The half year the baseline was worked out from; null when somebody entered it. */
  baseline_half: string | null;
  version: number;
  values: Value[];
  /** Which percentage of the reporters says yes to the question about this goal. */
  said_yes: { half: string; question: string; value: number; over: number }[];
}

/** A number as it is sent: of few only that they are few. */
export interface Entered {
  value: number | null;
  few: boolean;
  /** Over how many people a percentage is; none of a count, or where there is no percentage. */
  over: number | null;
}

export interface Result {
  half: string;
  questions: {
    question: string;
    total: number | null;
    choices: { choice: string; count: number | null }[];
  }[];
}

export interface Question {
  id: string;
  text: string;
  choices: { id: string; text: string }[];
}

export interface Effect {
  half: string;
  goals: Goal[];
  questions: Question[];
  survey: Result[];
}

export const effect = () => json<Effect>("GET", "/effect");
export const setGoal = (
  { value: baseline, few, over }: Entered,
  goal: Pick<Goal, "goal" | "measure" | "version">,
): Promise<Response> => request("PUT", "/effect/goals", { body: { ...goal, baseline, few, over } });
export const setValue = (
  entered: Entered,
  of: Pick<Value, "half" | "version"> & { goal: GoalName },
): Promise<Response> => request("PUT", "/effect/values", { body: { ...of, ...entered } });
