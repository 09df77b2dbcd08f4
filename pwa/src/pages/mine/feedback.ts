import type { Feedback, Mine } from "../../types";
import { FEEDBACK } from "../../words";

/** What the gemeente says: the fixed sentence of this kind, with its own words after it. */
export const feedbackText = ({ kind, text }: Feedback): string =>
  kind === "question" && text ? text : [`${FEEDBACK[kind]}.`, text].filter(Boolean).join(" ");

/** The question that still waits for an answer of the reporter. */
export const openQuestion = (one: Mine): Feedback | undefined =>
  one.feedback
    .filter((f) => f.kind === "question" && !one.additions.some((a) => a.question === f.id))
    .at(-1);
