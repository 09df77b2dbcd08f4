/** All that can be found: what stands on the cards, the difficult words, and who to call. */
import { dial } from "../../parts/CallRow";
import type { Card, CardSet } from "../../types";

export interface Entry {
  key: string;
  /** What it is on the card: "BOA-13". */
  id: string;
  /** The card it stands on; null = on none, such as a number to call. */
  card: string | null;
  kind: string;
  text: string;
  /** What it is about, when the text does not say so in the words that were typed. */
  about: string;
  /** What people type instead. */
  also: string[];
  href: string;
  /** What signals on several cards have in common. */
  concept: string;
}

type Row = Pick<Entry, "id" | "text"> & Partial<Entry>;

export function entries(set: CardSet, own: string | null): Entry[] {
  const first = set.cards.find(({ id }) => id === own);
  const cards = first ? [first, ...set.cards.filter((card) => card !== first)] : set.cards;
  return [...cards.flatMap((card) => onCard(card, set)), ...words(cards, set), ...numbers(set)];
}

function onCard(card: Card, set: CardSet): Entry[] {
  const about = new Map(set.concepts.map((concept) => [concept.id, concept]));
  const on = (kind: string, rows: readonly Row[]): Entry[] =>
    rows.map((row) => ({
      about: "",
      also: [],
      concept: "",
      card: card.id,
      kind,
      key: `${card.id}/${row.id}`,
      href: `#/kaart/${card.id}/${row.id}`,
      ...row,
    }));
  // A card names its sentences by their place only; a search is over before that changes.
  const counted = (name: string, texts: readonly string[]) =>
    texts.map((text, at) => ({ id: `${name}-${at + 1}`, text }));
  const titled = (id: string, title: string, text: string) => ({ id, text: `${title} ${text}` });
  return [
    ...on(
      "Signaal",
      card.signals.map(({ id, text, concept }) => ({
        id,
        text,
        concept,
        about: about.get(concept)?.name ?? "",
        also: about.get(concept)?.also ?? [],
      })),
    ),
    ...on("Risicofactor", card.risk_factors),
    ...on(
      "Wat beschermt",
      card.protective_factors.map(({ id, text, now }) => ({ id, text, about: now })),
    ),
    ...on("Doe dit wel", counted("do", card.do)),
    ...on("Doe dit niet", counted("dont", card.dont)),
    ...on("Let op jezelf", counted("pitfalls", card.pitfalls)),
    ...on(
      "Mag ik dit delen?",
      card.sharing.questions.map(({ id, question, text }) => ({
        ...titled(id, question, text),
        also: ["privacy", "avg", "geheim", "doorgeven", "toestemming"],
      })),
    ),
    ...on(
      "Wat als ik bang ben?",
      card.afraid.map(({ id, title, text }) => ({
        ...titled(id, `${title.replace(/\?$/, "")}:`, text),
        also: ["anoniem", "bang", "wraak", "durf"],
      })),
    ),
    ...on("Zo begin je een gesprek", [
      {
        id: "gesprek",
        text: `${card.conversation.moment} ${card.conversation.say}`,
        also: ["gesprek", "praten", "vragen", "aanspreken"],
      },
    ]),
    ...on("Meldcode", card.meldcode ? [{ id: "meldcode", text: card.meldcode.text }] : []),
    ...on(
      "Protocol",
      card.protocols.map(({ id, name, text }) => titled(id, `${name}:`, text)),
    ),
    ...on(
      "Cijfers",
      card.figures.map(({ id, text }) => ({ id, text, also: ["cijfers", "aantal"] })),
    ),
  ];
}

/** A word is explained once, on the first card that has it. */
function words(cards: readonly Card[], set: CardSet): Entry[] {
  return set.words.flatMap(({ id, word, text, also }) => {
    const card = cards.find((one) => one.words.includes(id));
    if (!card) return [];
    const href = `#/kaart/${card.id}/${id}`;
    const shown = `${word}: ${text}`;
    return [
      { key: id, id, card: null, kind: "Woord", text: shown, about: "", also, href, concept: "" },
    ];
  });
}

const numbers = (set: CardSet): Entry[] =>
  set.gemeente.contacts.map(({ id, name, number, url, for: why }) => ({
    key: `bel/${id}`,
    id,
    card: null,
    kind: number || "Naar de site",
    text: `${name}: ${why}`,
    about: "",
    also: ["nummer", "bellen"],
    href: number ? dial(number) : (url ?? "#/kaarten"),
    concept: "",
  }));
