/** Emptying the inbox: after an answer the next report that asks for something. */

import type { Desk, InboxItem } from "../../types";

const place = "signaalkaart.volgende";

/** A choice of this browser, like the keys. */
export function isGoingOn(): boolean {
  return localStorage.getItem(place) !== "off";
}

export function setGoingOn(on: boolean): void {
  if (on) localStorage.removeItem(place);
  else localStorage.setItem(place, "off");
}

type Asking = Pick<
  InboxItem,
  | "id"
  | "desk"
  | "state"
  | "answered"
  | "new_addition"
  | "waiting"
  | "nobody"
  | "own"
  | "withdrawal"
>;

/** Whether it is somebody's turn at the desk, other than who reported it. */
function asks(item: Asking): boolean {
  if (item.own || item.state === "closed") return false;
  if (item.new_addition || item.withdrawal) return true;
  if (item.waiting) return false;
  return item.state === "new" || item.nobody || !item.answered;
}

/**
 * The next one at this desk that asks for something: after this one in the list, or else from the
 * top. Whoever helped the other desk out goes back to the own work.
 */
export function nextAfter(items: readonly Asking[], id: string, desk: Desk): string | null {
  const at = items.findIndex((item) => item.id === id);
  const rest = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))];
  return rest.find((item) => item.id !== id && item.desk === desk && asks(item))?.id ?? null;
}
