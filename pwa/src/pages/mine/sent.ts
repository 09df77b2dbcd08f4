import type { SyncState } from "../../sync";

/** What came of a tap to send; never that all was sent while `left` items wait. */
export function sentText({ online, problem }: SyncState, left: number): string {
  if (online === false || problem) return "Nog geen bereik";
  // What a box in between will not have is tried again later, and the rest went.
  return left > 0 ? "Nog niet alles is verstuurd" : "Verstuurd";
}
