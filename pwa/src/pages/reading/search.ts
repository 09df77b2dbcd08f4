/** Searching all cards on the phone itself: what somebody types goes nowhere. */
import MiniSearch from "minisearch";
import type { CardSet } from "../../types";
import { type Entry, entries } from "./entries";
import { pieces, term, wordsOf } from "./terms";

const MOST = 24;
/** A longer question is hardly ever better, and always slower. */
const LONGEST = 80;

export interface Hit extends Entry {
  /** The text in pieces; the odd ones are what was found. */
  marked: string[];
}

export interface Searcher {
  find(query: string): Hit[];
}

/** Makes an index of everything; `own` is the card whose reader is asking. */
export function searcher(set: CardSet, own: string | null): Searcher {
  const all = new Map(entries(set, own).map((entry) => [entry.key, entry]));
  const index = new MiniSearch<Entry>({
    idField: "key",
    fields: ["text", "about", "also"],
    extractField: (entry, field) =>
      field === "also" ? entry.also.join(" ") : String(entry[field as keyof Entry]),
    tokenize: wordsOf,
    processTerm: term,
    searchOptions: {
      boost: { text: 2, also: 2, about: 1.5 },
      prefix: (word) => word.length > 2,
      fuzzy: (word) => (word.length > 3 ? 0.2 : false),
      weights: { prefix: 0.6, fuzzy: 0.35 },
      boostDocument: (key) => importance(all.get(String(key)), own),
    },
  });
  index.addAll([...all.values()]);
  return {
    find: (query) =>
      index
        .search(query.slice(0, LONGEST))
        .slice(0, MOST)
        .flatMap(({ id, terms }) => {
          const entry = all.get(String(id));
          return entry ? [{ ...entry, marked: mark(entry, terms) }] : [];
        }),
  };
}

const ADVICE = /^(do|dont|pitfalls)-/;

/** A signal is what people mostly look for, advice is what they read anyway, and the own card is what they know. */
function importance(entry: Entry | undefined, own: string | null): number {
  const signal = entry?.kind === "Signaal" ? 1.3 : ADVICE.test(entry?.id ?? "") ? 0.8 : 1;
  return entry?.card && entry.card === own ? signal * 1.25 : signal;
}

/** Even pieces stay as they are, odd ones were found. */
function mark(entry: Entry, found: readonly string[]): string[] {
  const marked = [""];
  for (const [at, piece] of pieces(entry.text).entries()) {
    const hit = at % 2 === 1 && found.includes(term(piece) ?? "");
    if (hit) marked.push(piece, "");
    else marked[marked.length - 1] += piece;
  }
  return marked;
}
