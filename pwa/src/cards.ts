/** The cards of this gemeente as they were last fetched, readable without a network. */
import * as api from "./api";
import { inDb, NoRoom, write } from "./db";
import { listen, tellOthers, tellTab } from "./listeners";
import { check } from "./session";
import type {
  Card,
  CardSet,
  Gemeente,
  LevelId,
  Route,
  SealKey,
  Signal,
  SignalGroup,
  Word,
} from "./types";

const STORED = "cards stored";
const WEIGHTS = ["ernstig", "opvallend", "licht"];
// After this long what could not be fetched is asked for again: not at each of many answers.
const REST = 30_000;

let kept: CardSet | null = null;
let heard: string | null = null;
let failedAt = 0;
let fetching: Promise<unknown> = Promise.resolve();

export const cards = (): Card[] => kept?.cards ?? [];
export const card = (id: string): Card | undefined => cards().find((one) => one.id === id);
export const gemeente = (): Gemeente | null => kept?.gemeente ?? null;
export const route = (): Route | null => kept?.route ?? null;
export const words = (): Word[] => kept?.words ?? [];
/** Everything at once; null as long as nothing was fetched. */
export const all = (): CardSet | null => kept;
export const sealKey = (): SealKey | null => kept?.seal_key ?? null;
export const onChange = (fn: () => void) => listen("cards", fn);

/** Reads what was kept; needs no network. */
export async function load(): Promise<void> {
  kept = ((await inDb((db) => db.get("content", "cards")))?.body as CardSet | undefined) ?? null;
}

listen(STORED, () => void load().then(() => tellTab("cards")));

/**
 * Fetches the cards when they changed; without an answer the kept ones stay. Whoever is remembered
 * here keeps the full set when the session ended, because without one the server shows less.
 * Tells whether there was an answer.
 */
export function refresh(): Promise<boolean> {
  // One after the other, so that an answer to an older question never comes last.
  const mine = fetching.catch(() => undefined).then(fetchNewer);
  fetching = mine;
  return mine;
}

async function fetchNewer(): Promise<boolean> {
  try {
    if ((await check()) === "expired") return false;
    const row = await inDb((db) => db.get("content", "cards"));
    const answer = await api.cards(row?.etag ?? null);
    if (answer) await store(answer.body, answer.etag);
    return true;
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    return false;
  }
}

async function store(body: CardSet, etag: string | null): Promise<void> {
  kept = body;
  tellTab("cards");
  try {
    await write(["content"], (transaction) =>
      transaction.objectStore("content").put({ name: "cards", etag, body }),
    );
  } catch (error) {
    // Without room the older ones stay on disk and this page has the newer; reports go all the same.
    if (!(error instanceof NoRoom)) throw error;
    return;
  }
  tellOthers(STORED);
}

/** What a sync said of the cards: a newer key is used at once, a newer version is fetched. */
export async function noticed(version: string, key: SealKey | null): Promise<void> {
  if (kept && key && key.id !== kept.seal_key?.id) await store({ ...kept, seal_key: key }, null);
  if (version === heard || Math.abs(Date.now() - failedAt) < REST) return;
  if (version === kept?.version || (await refresh())) heard = version;
  else failedAt = Date.now();
}

const FIRST = 6;

/** Of a card's choices, the one its reader made; what is ticked or looked for always stays. */
export interface Reader {
  role: string | null;
  keep: ReadonlySet<string>;
}

const EVERYBODY: Reader = { role: null, keep: new Set() };

const isFor = (signal: Signal, { role, keep }: Reader) =>
  !role || !signal.choices.length || signal.choices.includes(role) || keep.has(signal.id);

const byWeight = (signals: Signal[]) =>
  [...signals].sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));

/** The signals that matter most, heaviest first: those the card names, else the heaviest. */
export function firstSix(one: Card, reader = EVERYBODY): Signal[] {
  const named = one.signals.filter((signal) => signal.top && isFor(signal, reader));
  return byWeight(named.length ? named : one.signals.filter((each) => isFor(each, reader))).slice(
    0,
    FIRST,
  );
}

/** What is not among the first six, in the card's own order. */
export function theRest(one: Card, reader = EVERYBODY): Signal[] {
  const first = new Set(firstSix(one, reader).map((signal) => signal.id));
  return one.signals.filter((signal) => !first.has(signal.id) && isFor(signal, reader));
}

export interface Group {
  group: SignalGroup;
  label: string;
  signals: Signal[];
}

/** The signals that are not among the first six, per group in the card's own order. */
export function byGroup(one: Card, reader = EVERYBODY): Group[] {
  const groups = new Map<SignalGroup, Signal[]>();
  for (const signal of theRest(one, reader)) {
    groups.set(signal.group, [...(groups.get(signal.group) ?? []), signal]);
  }
  return [...groups].map(([group, signals]) => ({
    group,
    label: gemeente()?.group_labels[group] ?? group,
    signals,
  }));
}

/** Which level of the handelingskader fits what was ticked. Nothing is added up: there is no score. */
export function advise(one: Card, tickedIds: Iterable<string>): LevelId | null {
  const ids = new Set(tickedIds);
  const ticked = one.signals.filter((signal) => ids.has(signal.id));
  if (ticked.length === 0) return null;
  if (ticked.some((signal) => signal.alarm)) return "red";
  if (ticked.some((signal) => signal.weight === "ernstig")) return "orange";
  if (ticked.length > 1 || ticked.some((signal) => signal.weight === "opvallend")) return "yellow";
  return "green";
}
