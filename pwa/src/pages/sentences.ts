import * as cards from "../cards";
import type { FeedbackKind } from "../types";
import { FEEDBACK } from "../words";

/** The ready sentences of this gemeente; a set of cards from before they were in it has our own. */
export const sentences = (): Record<FeedbackKind, string> => ({
  ...FEEDBACK,
  ...cards.gemeente()?.feedback,
});
