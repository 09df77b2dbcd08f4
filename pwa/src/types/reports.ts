/** What is sealed, sent and heard back, and the reporter's list made of it. */
import type { Basis, Desk, SealKey, Urgency } from "./cards";

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
  /** Who reported is named to nobody but the procesregisseur, who says why. */
  shielded: boolean;
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
  /** Who is shown on this device. */
  by: string | null;
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
  /** What the reporter said of it with one tap. */
  useful?: boolean | null;
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
  withdrawal: null | "requested" | "kept";
  /** Only on this phone: of what the gemeente deleted the rest is empty. */
  gone?: Gone;
}

/** Past its term, past it without the answer that was owed, or because somebody had a right to it. */
export interface Gone {
  reason: "expired" | "missed" | "erased";
  at: string;
}

export type Removed = { kind: "removed"; id: string } & Partial<Gone>;
export type Change = ObservationChange | Removed;

export interface SyncAnswer {
  outcomes: Outcome[];
  /** Whose session it is, and so whose changes and cursor. */
  person: string | null;
  changes: Change[];
  cursor: number;
  more: boolean;
  epoch: string;
  cards_version: string;
  seal_key: SealKey | null;
  server_time: string;
  wipe: boolean;
}

export type MineStatus =
  | "saved"
  | "sending"
  | "received"
  | "read"
  | "feedback"
  | "question"
  | "gone"
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
  gone?: Gone;
  /** look: the server would not have it, so the report still stands. */
  withdrawal: null | "queued" | "look" | "requested" | "kept";
}
