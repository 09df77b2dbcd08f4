/** Cards, the gemeente they belong to, and its areas. */
import type { Role } from "./people";
import type { FeedbackKind } from "./reports";

export type SignalGroup =
  | "gedrag"
  | "geld-en-spullen"
  | "contacten"
  | "plek-en-tijd"
  | "school-en-werk"
  | "lichaam-en-veiligheid";
export type Weight = "licht" | "opvallend" | "ernstig";
export type LevelId = "red" | "orange" | "yellow" | "green";
export type Desk = "sociaal" | "veiligheid";
export type Basis = "seen" | "heard" | "suspected";
export type Urgency = "today" | "this_week" | "can_wait";

export interface Signal {
  id: string;
  group: SignalGroup;
  concept: string;
  text: string;
  weight: Weight;
  /** Five or six signals per card (or per choice) come first. */
  top: boolean;
  /** For whom of the card's choices this signal is; empty = for every reader. */
  choices: string[];
  could_be: string;
  could_also_be: string;
  caution: string | null;
  alarm: string | null;
}

export interface Factor {
  id: string;
  level: string;
  text: string;
}

/** A protective factor leads to one small thing to do now. */
export interface Protective extends Factor {
  now: string;
}

export interface Situation {
  id: string;
  text: string;
  question: string;
  signals: string[];
  choices: { text: string; right: boolean; explanation: string }[];
}

export interface Level {
  id: LevelId;
  name: string;
  title: string;
  when: string;
  text: string;
  steps: string[];
  contacts: string[];
}

export interface Source {
  code: string;
  title: string;
  url: string | null;
}

export interface Card {
  id: string;
  title: string;
  audience: string;
  emblem: string;
  version: number;
  /** For parents or youths themselves: no form belongs to it. */
  public: boolean;
  reviewed_on: string;
  review_note: string;
  intro: string;
  note: string | null;
  tip: string | null;
  form: { wpg: boolean; names: "open" | "behind_question"; desk: Desk };
  choices: { id: string; name: string }[];
  signals: Signal[];
  risk_note: string;
  risk_factors: Factor[];
  protective_factors: Protective[];
  levels: Level[];
  steps: string[];
  do: string[];
  dont: string[];
  pitfalls: string[];
  conversation: { moment: string; say: string; ask: string[] };
  meldcode: { text: string; steps: string[] } | null;
  protocols: { id: string; name: string; text: string }[];
  sharing: { questions: { id: string; question: string; text: string }[]; rules: string[] };
  afraid: { id: string; title: string; text: string; contact: string | null }[];
  figures: { id: string; text: string; source: string }[];
  /** Ids in the words of the set. */
  words: string[];
  practice: Situation[];
  /** What changed, the newest version first. */
  changes: { version: number; on: string; lines: string[] }[];
  contacts: string[];
  sources: Source[];
}

export interface Contact {
  id: string;
  name: string;
  number: string;
  url: string | null;
  for: string;
}

export interface Gemeente {
  name: string;
  code: string;
  phone: string;
  contacts: Contact[];
  desk_hours: { text: string; days: number[]; from: string; until: string };
  terms: { read_days: number; answer_days: number };
  /** The ready sentence per kind of feedback; cards kept from before do not have it. */
  feedback?: Partial<Record<FeedbackKind, string>>;
  role_labels: Partial<Record<Role, string>>;
  switches: { offline_recording: boolean; draft_hours: number };
  group_labels: Record<SignalGroup, string>;
  /** Colours as CSS custom properties; null = those the app has of itself. */
  theme: {
    name: string;
    light: Record<string, string> | null;
    dark: Record<string, string> | null;
  };
}

/** A difficult word explained; `also` is what people search for instead. */
export interface Word {
  id: string;
  word: string;
  text: string;
  also: string[];
}

/** What signals on several cards have in common; `also` is for searching. */
export interface Concept {
  id: string;
  name: string;
  also: string[];
}

export interface Route {
  title: string;
  intro: string;
  steps: { id: string; title: string; who: string; text: string }[];
  notes: string[];
}

export interface SealKey {
  id: string;
  public_key: string;
}

export interface CardSet {
  version: string;
  gemeente: Gemeente;
  seal_key: SealKey | null;
  cards: Card[];
  concepts: Concept[];
  words: Word[];
  route: Route;
}

export type Ring = [number, number][];

export interface AreaFeature {
  properties: { statcode: string; statnaam: string; soort: "gemeente" | "wijk" | "buurt" };
  geometry:
    | { type: "Polygon"; coordinates: Ring[] }
    | { type: "MultiPolygon"; coordinates: Ring[][] };
}

export interface AreaSet {
  type: "FeatureCollection";
  features: AreaFeature[];
  source: string;
}

export interface Area {
  code: string;
  name: string;
  kind: "wijk" | "buurt";
}
