/** What somebody at a desk can do with something of the late box. */

import { json } from "../../request";
import type { Desk, LateClosed, LateItem, LateOpening, ObservationState, Told } from "../../types";

export type How = "observation" | "addition" | "told" | "closed";

export interface Settlement {
  how: How;
  card?: string;
  desk?: Desk;
  parent?: string;
  reason?: Told | LateClosed;
}

export interface Parent {
  id: string;
  receipt: string;
  card: string;
  area: string | null;
  date: string;
  state: ObservationState;
}

const path = (id: string, what: string) => `/late-box/${encodeURIComponent(id)}/${what}`;

export const settle = (id: string, body: Settlement) =>
  json<{ observation: string | null }>("POST", path(id, "settlements"), { body });

export const parentsOf = async (id: string) =>
  (await json<{ items: Parent[] }>("GET", path(id, "parents"))).items;

/** What makes sense here; the server has the last word. */
export function waysFor(item: LateItem, opening: LateOpening, parents: number): How[] {
  const known = opening.sender !== null;
  const report = item.kind === "observation" || (item.kind === "addition" && opening.opened);
  return [
    ...(known && report ? (["observation"] as const) : []),
    ...(parents > 0 ? (["addition"] as const) : []),
    "told",
    "closed",
  ];
}

/** Only a card that is not here has to be chosen. */
export function asksCard(item: LateItem, opening: LateOpening, cards: readonly string[]): boolean {
  return item.kind === "addition" || !cards.includes(String(opening.plain.card));
}
