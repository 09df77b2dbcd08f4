/** One answer for every reporter of a bundle. */
import { json } from "../../../request";
import type { FeedbackKind, Told } from "../../../types";

export interface Given {
  observation: string;
  id: string;
  /** What was seen when it was ticked: a colleague's answer since then is looked at first. */
  version: number;
  /** How a reporter without the app heard it. */
  told?: Told;
}

export const answerAll = (
  bundle: string,
  kind: FeedbackKind,
  text: string,
  answers: readonly Given[],
) =>
  json<{ answered: number }>("POST", `/bundles/${encodeURIComponent(bundle)}/feedback`, {
    body: { kind, ...(text && { text }), answers },
  });
