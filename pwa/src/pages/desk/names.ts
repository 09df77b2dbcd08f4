/** Names for the codes a report carries, from what the phone knows of cards and areas. */

import * as areas from "../../areas";
import * as cards from "../../cards";
import type { Card, Factor, InboxItem, Signal, SignalGroup } from "../../types";

export function areaName(code: string | null): string {
  if (code === null) return "Zonder buurt";
  return areas.name(code) ?? code;
}

/** A card may be gone from the content while its reports live on; then its id has to do. */
export function cardOf(id: string): Pick<Card, "title" | "emblem"> {
  return cards.card(id) ?? { title: id, emblem: id };
}

export interface Named {
  id: string;
  text: string;
  tag: string;
}

function named(ids: string[], known: readonly (Signal | Factor)[], tag: (id: string) => string) {
  return ids.map((id): Named => {
    const text = known.find((one) => one.id === id)?.text;
    return { id, text: text ?? `${id} staat niet meer op deze kaart.`, tag: tag(id) };
  });
}

export function signalsOf(item: Pick<InboxItem, "card" | "signals">): Named[] {
  const known = cards.card(item.card)?.signals ?? [];
  const labels = cards.gemeente()?.group_labels;
  const group = (id: string): SignalGroup | undefined => known.find((one) => one.id === id)?.group;
  return named(item.signals, known, (id) => {
    const found = group(id);
    return (found && labels?.[found]) ?? "";
  });
}

export function protectiveOf(item: Pick<InboxItem, "card" | "protective">): Named[] {
  return named(item.protective, cards.card(item.card)?.protective_factors ?? [], () => "");
}
