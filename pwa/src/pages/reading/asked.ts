/** What was searched for last, so that the way back from a card leads to the same results. */
let last = "";

export const asked = () => last;

export function keepAsked(query: string) {
  last = query;
}
