/** What the desk sees, opens and says. */
import type { Basis, Desk, Urgency } from "./cards";
import type {
  AdditionText,
  Feedback,
  FeedbackKind,
  ObservationState,
  ObservationText,
} from "./reports";

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
  /** The reporter wants it back and waits for an answer. */
  withdrawal: boolean;
  assignee: null | { id: string; name: string };
  /** The day on which it is deleted, outside a case. */
  keep_until: string | null;
  /** That is within a week. */
  expiring: boolean;
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
  | "withdrawal_kept"
  | "reporter_opened"
  | "assigned";

export interface TimelineEntry {
  at: string;
  kind: TimelineKind;
  by: { id: string; name: string } | null;
  detail?: string;
}

export interface ObservationPlain extends InboxItem {
  reporter: {
    name: string;
    role_label: string | null;
    organisation: string | null;
    /** Then the rest says nothing about who it is. */
    shielded: boolean;
  };
  timeline: TimelineEntry[];
}

export type InboxView = "all" | "new" | "mine" | "late" | "waiting" | "expiring";

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

export type ReporterPurpose = "contact" | "safety" | "legal";

/** Who a shielded reporter is, as told to who may know. */
export interface OpenedReporter {
  name: string;
  role_label: string;
  organisation: string;
}

export interface Opening {
  id: string;
  opened_at: string;
  opened: Omit<ObservationText, "v"> | null;
  problem?: string | null;
  additions: { id: string; at: string; question: string | null; text: string | null }[];
  feedback: (Feedback & { by: string | null })[];
  /** What colleagues wrote beside their reason to open it. */
  notes?: { at: string; purpose: Purpose; text: string | null; by: string }[];
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

export interface WithdrawalDecision {
  decision: "erase" | "keep";
  version: number;
}

export interface NewFeedback {
  id: string;
  kind: FeedbackKind;
  text?: string;
}
