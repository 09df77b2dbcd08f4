/** What the server says and hears, in its own snake_case words, and what the phone makes of it. */

export type Role =
  | "melder"
  | "contactpersoon"
  | "procesregisseur"
  | "adviseur-oov"
  | "kernteam"
  | "projectleider"
  | "bestuur"
  | "beheerder";

export interface Person {
  id: string;
  name: string;
  role: Role;
  role_label: string;
  organisation: string;
  card: string | null;
}

export interface Session {
  person: Person;
  device: string;
  push_key: string;
  expires_at: string;
}

// Cards

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

// Areas

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

// What is sealed

export type AgeBand = "under_12" | "12_15" | "16_17" | "18_25" | "unknown";

export interface Youth {
  name: string;
  age: AgeBand;
  description: string;
}

export interface Answers {
  informed: "yes" | "no" | "unknown";
  without_name: boolean;
  call_back: boolean;
}

export interface ObservationText {
  v: 1;
  what: string;
  where: string;
  at: string;
  persons: Youth[];
  answers: Answers;
}

export interface AdditionText {
  v: 1;
  text: string;
}

// Sync

export interface ObservationFields {
  card: string;
  card_version: number;
  signals: string[];
  protective: string[];
  area: string | null;
  date: string;
  basis: Basis;
  desk: Desk;
  urgency: Urgency;
}

interface ItemBase {
  id: string;
  by: string;
  made_at: string;
}

export type ObservationItem = ItemBase & {
  kind: "observation";
  sealed: string;
} & ObservationFields;
export type AdditionItem = ItemBase & {
  kind: "addition";
  sealed: string;
  parent: string;
  question?: string;
};
export type WithdrawalItem = ItemBase & { kind: "withdrawal"; parent: string };
export type Item = ObservationItem | AdditionItem | WithdrawalItem;
export type ItemKind = Item["kind"];

export interface SyncRequest {
  device: string;
  app_version: string;
  unsent: number;
  cursor: number;
  epoch: string | null;
  sent_at: string;
  items: Item[];
}

export interface Outcome {
  id: string;
  result: "stored" | "known" | "conflict" | "refused";
  receipt?: string | null;
  reason?: string | null;
}

export type FeedbackKind =
  | "read"
  | "watching"
  | "contact"
  | "taken_up"
  | "no_follow_up"
  | "question";

export interface Feedback {
  id: string;
  kind: FeedbackKind;
  text: string | null;
  at: string;
}

export type ObservationState = "new" | "read" | "in_progress" | "closed";

export interface ObservationChange {
  kind: "observation";
  id: string;
  receipt: string;
  card: string;
  card_version: number;
  area: string | null;
  date: string;
  signals: number;
  state: ObservationState;
  received_at: string;
  made_at: string;
  read_by?: string | null;
  answer_by?: string | null;
  feedback: Feedback[];
  additions: { id: string; at: string; question: string | null }[];
  withdrawal: null | "requested" | "done";
}

export type Change = ObservationChange | { kind: "removed"; id: string };

export interface SyncAnswer {
  outcomes: Outcome[];
  changes: Change[];
  cursor: number;
  more: boolean;
  epoch: string;
  cards_version: string;
  seal_key: SealKey | null;
  server_time: string;
  wipe: boolean;
}

// The reporter's list

export type MineStatus =
  | "saved"
  | "sending"
  | "received"
  | "read"
  | "feedback"
  | "question"
  | "look";

export interface MineAddition {
  id: string;
  at: string;
  question: string | null;
  status: "saved" | "sending" | "received" | "look";
}

export interface Mine {
  id: string;
  card: string;
  cardVersion: number;
  area: string | null;
  date: string;
  madeAt: string;
  signals: number;
  urgency?: Urgency;
  status: MineStatus;
  receipt?: string;
  reason?: string;
  feedback: Feedback[];
  additions: MineAddition[];
  readBy?: string;
  answerBy?: string;
  unseen: boolean;
  withdrawal: null | "queued" | "requested" | "done";
}

// The desk

export interface InboxItem {
  id: string;
  receipt: string;
  card: string;
  card_version: number;
  area: string | null;
  date: string;
  basis: Basis;
  urgency: Urgency;
  desk: Desk;
  signals: string[];
  protective: string[];
  state: ObservationState;
  received_at: string;
  made_at: string;
  skewed: boolean;
  read_by: string | null;
  answer_by: string | null;
  due: "none" | "soon" | "late";
  waiting: boolean;
  answered: boolean;
  new_addition: boolean;
  assignee: null | { id: string; name: string };
  version: number;
}

export type TimelineKind =
  | "received"
  | "opened"
  | "state"
  | "feedback"
  | "question"
  | "addition"
  | "withdrawal_requested"
  | "assigned";

export interface TimelineEntry {
  at: string;
  kind: TimelineKind;
  by: { id: string; name: string } | null;
  detail?: string;
}

export interface ObservationPlain extends InboxItem {
  reporter: { name: string; role_label: string; organisation: string | null };
  timeline: TimelineEntry[];
}

export type InboxView = "all" | "new" | "mine" | "late" | "waiting";

export interface InboxQuery {
  view?: InboxView;
  desk?: Desk;
  card?: string;
  area?: string;
  urgency?: Urgency;
  olderThan?: number;
  cursor?: string;
  limit?: number;
}

export interface InboxPage {
  items: InboxItem[];
  next?: string | null;
  counts: Record<InboxView | "late_box", number>;
}

export type Purpose = "own" | "handle" | "consult" | "cover";

export interface Opening {
  id: string;
  opened_at: string;
  opened: Omit<ObservationText, "v"> | null;
  problem?: string | null;
  additions: { id: string; at: string; question: string | null; text: string | null }[];
  feedback: (Feedback & { by: string | null })[];
}

export type LateReason =
  | "access_ended"
  | "unknown_card"
  | "unknown_kind"
  | "unknown_parent"
  | "unknown_key"
  | "broken_seal"
  | "foreign_author";

export interface LateItem {
  id: string;
  kind: string;
  reason: LateReason;
  received_at: string;
  key_known: boolean;
}

export interface LateOpening {
  opened: Omit<ObservationText, "v"> | AdditionText | null;
  plain: Record<string, unknown>;
}

export interface StateChange {
  state: "in_progress" | "closed";
  version: number;
  reason?: "left" | "told_by_phone" | "no_contact_wished";
}

export interface NewFeedback {
  id: string;
  kind: FeedbackKind;
  text?: string;
}

export interface NewInvitation {
  name: string;
  role: Role;
  organisation: { name: string; kind: string };
  card?: string;
}

export interface Invitation {
  id: string;
  link: string;
  code: string;
  qr: string[];
  expires_at: string;
  person: string;
}

export interface Problem {
  status: number;
  title: string;
  detail?: string;
  code?: string;
  invalid_params?: { name: string; reason: string }[];
}
