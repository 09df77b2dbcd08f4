import type { Feedback, Gone, Mine } from "../../types";
import { sentences } from "../sentences";

/** What the gemeente says: the fixed sentence of this kind, with its own words after it. */
export const feedbackText = ({ kind, text }: Feedback): string =>
  kind === "question" && text ? text : [`${sentences()[kind]}.`, text].filter(Boolean).join(" ");

/** Said once it is gone; who was never answered is told so. */
export const goneText = ({ reason }: Gone): string => GONE[reason] ?? GONE.expired;

const GONE: Record<Gone["reason"], string> = {
  expired: "De bewaartermijn is voorbij. Je melding is gewist, ook bij de gemeente.",
  missed:
    "Je kreeg geen antwoord. Dat had wel gemoeten. De bewaartermijn is voorbij en je melding is gewist.",
  erased: "Je melding is gewist, ook bij de gemeente. Dat moest volgens de privacywet.",
};

/** The question that still waits for an answer of the reporter. */
export const openQuestion = (one: Mine): Feedback | undefined =>
  one.feedback
    .filter((f) => f.kind === "question" && !one.additions.some((a) => a.question === f.id))
    .at(-1);
