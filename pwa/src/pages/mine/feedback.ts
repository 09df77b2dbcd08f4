import type { Feedback, Gone, Mine } from "../../types";
import { FEEDBACK } from "../../words";

/** What the gemeente says: the fixed sentence of this kind, with its own words after it. */
export const feedbackText = ({ kind, text }: Feedback): string =>
  kind === "question" && text ? text : [`${FEEDBACK[kind]}.`, text].filter(Boolean).join(" ");

/** Said once the term is over; who was never answered is told so. */
export const goneText = ({ reason }: Gone): string =>
  reason === "missed"
    ? "Je kreeg geen antwoord. Dat had wel gemoeten. De bewaartermijn is voorbij en je melding is gewist."
    : "De bewaartermijn is voorbij. Je melding is gewist, ook bij de gemeente.";

/** The question that still waits for an answer of the reporter. */
export const openQuestion = (one: Mine): Feedback | undefined =>
  one.feedback
    .filter((f) => f.kind === "question" && !one.additions.some((a) => a.question === f.id))
    .at(-1);
