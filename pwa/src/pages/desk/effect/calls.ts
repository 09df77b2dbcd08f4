/** The goals of the approach, and what reporters answered. */
import { json, request } from "../../../request";

export type GoalName = "awareness" | "willingness" | "feedback_time" | "help_accepted";

export interface Value {
  half: string;
  value: number | null;
  /** Too few to show: under five, or hidden in the figures. */
  few: boolean;
  version: number;
}

export interface Goal {
  goal: GoalName;
  unit: "percent" | "count";
  /** Not: it comes from the figures. */
  entered: boolean;
  measure: string;
  baseline: number | null;
  baseline_few: boolean;
  version: number;
  values: Value[];
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
  body: Pick<Goal, "goal" | "measure" | "baseline" | "version">,
): Promise<Response> => request("PUT", "/effect/goals", { body });
export const setValue = (
  body: Pick<Value, "half" | "value" | "version"> & { goal: GoalName },
): Promise<Response> => request("PUT", "/effect/values", { body });
