/** What a late item says without opening anything, as terms and values for the screen. */

import { longDay, longMoment } from "./day";
import { areaName, cardOf, signalsOf } from "./names";
import { basisWords, deskWords, urgencyWords } from "./phrases";

type Fact = readonly [term: string, value: string];

const silent = ["id", "kind", "v", "card_version", "protective"];

function listed(card: unknown, ids: unknown): string {
  if (!Array.isArray(ids)) return shown(ids);
  return signalsOf({ card: String(card), signals: ids.map(String) })
    .map(({ text }) => text)
    .join(" ");
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function worded(words: Record<string, string>, value: unknown): string {
  const key = shown(value);
  return Object.hasOwn(words, key) ? (words[key] as string) : key;
}

const terms: Record<string, (value: unknown, all: Record<string, unknown>) => Fact> = {
  card: (value) => ["Kaart", cardOf(shown(value)).title],
  area: (value) => ["Buurt", areaName(typeof value === "string" ? value : null)],
  date: (value) => ["Dag", isDay(value) ? longDay(value) : shown(value)],
  made_at: (value) => ["Gemaakt", isMoment(value) ? longMoment(value) : shown(value)],
  basis: (value) => ["Melder heeft het", worded(basisWords, value)],
  urgency: (value) => ["Spoed", worded(urgencyWords, value)],
  desk: (value) => ["Loket", worded(deskWords, value)],
  shielded: (value) => ["Melder", value === true ? "afgeschermd" : "niet afgeschermd"],
  signals: (value, all) => ["Signalen", listed(all.card, value)],
  parent: () => ["Hoort bij", "een eerdere melding"],
};

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
}

function isMoment(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

/** Known fields in words; a field this version does not know is shown as it came, because nothing may get lost. */
export function factsOf(plain: Record<string, unknown>): Fact[] {
  return Object.entries(plain)
    .filter(([name, value]) => !silent.includes(name) && value !== null && value !== "")
    .map(([name, value]) => terms[name]?.(value, plain) ?? [name, shown(value)]);
}
