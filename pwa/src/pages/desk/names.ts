/** Names for the codes a report carries, from what the phone knows of cards and areas. */

import * as areas from "../../areas";
import * as cards from "../../cards";
import type { Card, Factor, InboxItem, ObservationPlain, Signal, SignalGroup } from "../../types";

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
  /** What it can be, and what it can be as well. */
  more?: { couldBe: string; couldAlsoBe: string };
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

type Worded = Pick<ObservationPlain, "words">;

const gone = (id: string) => `${id} staat niet meer op deze kaart.`;

/** The signals of a report, as the card had them when it was reported. */
export function wordedSignals({ words }: Worded): Named[] {
  const labels = cards.gemeente()?.group_labels;
  return words.signals.map(({ id, text, group, could_be, could_also_be }) => ({
    id,
    text: text ?? gone(id),
    tag: (group && labels?.[group]) ?? "",
    ...(could_be && could_also_be && { more: { couldBe: could_be, couldAlsoBe: could_also_be } }),
  }));
}

export function wordedProtective({ words }: Worded): Named[] {
  return words.protective.map(({ id, text }) => ({ id, text: text ?? gone(id), tag: "" }));
}

/** Said when the texts are of another version than the reporter saw; empty when they are the same. */
export function otherVersion(plain: Pick<ObservationPlain, "words" | "card_version">): string {
  const { version } = plain.words;
  if (version === null || version === plain.card_version) return "";
  return `De melder zag versie ${plain.card_version} van deze kaart. Je leest versie ${version}.`;
}
