import * as session from "../../session";

/** What was searched for last, so that the way back from a card leads to the same results. */
let last = "";
let owner = session.current()?.id;

export function asked(): string {
  // The next person starts with an empty field.
  const now = session.current()?.id;
  if (now !== owner) last = "";
  owner = now;
  return last;
}

export function keepAsked(query: string) {
  last = query;
}
