import type { Feedback, Mine, MineAddition } from "../../types";

export type Event =
  | { at: string; kind: "made" }
  | { at: string; kind: "feedback"; feedback: Feedback }
  | { at: string; kind: "addition"; addition: MineAddition };

/** What happened to one report, oldest first. */
export function timeline(one: Mine): Event[] {
  return [
    { at: one.madeAt, kind: "made" } as const,
    ...one.feedback.map((feedback) => ({ at: feedback.at, kind: "feedback", feedback }) as const),
    ...one.additions.map((addition) => ({ at: addition.at, kind: "addition", addition }) as const),
  ].sort((a, b) => a.at.localeCompare(b.at));
}
