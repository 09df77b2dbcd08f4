/** Which step a report can take from where it is. */

import type { ObservationPlain, StateChange } from "../../types";

export type Wish = Omit<StateChange, "version">;

export const moves: Record<ObservationPlain["state"], readonly StateChange["state"][]> = {
  new: ["in_progress"],
  read: ["in_progress", "closed"],
  in_progress: ["closed"],
  closed: ["in_progress"],
};

export function nameOf(wish: StateChange["state"], now: ObservationPlain["state"]): string {
  if (wish === "closed") return "Afronden";
  return now === "closed" ? "Weer in behandeling nemen" : "In behandeling nemen";
}
