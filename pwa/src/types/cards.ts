/** Cards, the gemeente they belong to, and its areas. */
import type { Role } from "./people";

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
  caution: string | null;
  alarm: string | null;
}

export interface Factor {
  id: string;
  level: string;
  text: string;
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
  url: string;
}

export interface Card {
  id: string;
  title: string;
  audience: string;
  emblem: string;
  version: number;
  reviewed_on: string;
  review_note: string;
  intro: string;
  note: string | null;
  tip: string | null;
  form: { wpg: boolean; names: "open" | "behind_question"; desk: Desk };
  signals: Signal[];
  risk_note: string;
  risk_factors: Factor[];
  protective_factors: Factor[];
  levels: Level[];
  steps: string[];
  do: string[];
  dont: string[];
  pitfalls: string[];
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
  role_labels: Partial<Record<Role, string>>;
  switches: { offline_recording: boolean; draft_hours: number };
  group_labels: Record<SignalGroup, string>;
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
