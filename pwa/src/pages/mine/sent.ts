import type { SyncState } from "../../sync";

/** What came of a tap to send; never that all was sent while `left` items wait. */
export function sentText({ online, problem }: SyncState, left: number): string {
  // What one in between will not have is tried again later, and the rest went.
  if (problem === "refused" && left > 0) return "Nog niet alles is verstuurd";
  if (online === false || problem) return "Nog geen bereik";
  return left > 0 ? "Nog niet alles is verstuurd" : "Verstuurd";
}
