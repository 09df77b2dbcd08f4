/** How somebody likes to read: kept on this phone only, and never sent. */
const LIST = "lezen";
const ROLE = "lezen-als-";

export type Shape = "groups" | "list";

export const SHAPES = [
  ["groups", "Per soort"],
  ["list", "Eén lijst"],
] as const;

export const shape = (): Shape => (localStorage.getItem(LIST) === "list" ? "list" : "groups");

export function keepShape(chosen: Shape) {
  keep(LIST, chosen === "list" ? chosen : null);
}

/** Which of the card's choices this reader made; a choice the card no longer has is none. */
export function role(card: { id: string; choices: { id: string }[] }): string | null {
  const kept = localStorage.getItem(ROLE + card.id);
  return card.choices.some(({ id }) => id === kept) ? kept : null;
}

export function keepRole(card: string, chosen: string | null) {
  keep(ROLE + card, chosen);
}

function keep(key: string, value: string | null) {
  if (value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, value);
}
