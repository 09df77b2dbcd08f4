/** What the desk sees, opens and says. */
import type { Basis, Desk, SignalGroup, Urgency } from "./cards";
import type {
  AdditionText,
  Feedback,
  FeedbackKind,
  ObservationState,
  ObservationText,
} from "./reports";

export type ReportSource = "app" | "phone" | "mail" | "conversation" | "police" | "anonymous_line";

/** How a reporter without the app was told. */
export type Told = "phone" | "mail" | "conversation";

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
  /** How it came in; everything but "app" was entered at the desk. */
  source: ReportSource;
  /** There is no reporter to answer. */
  nobody: boolean;
  /** Who looks reported this: a colleague handles it. */
  own: boolean;
  assignee: null | { id: string; name: string };
  /** The day on which it is deleted, outside a case. */
  keep_until: string | null;
  /** That is within a week. */
  expiring: boolean;
  /** Somebody objects, and nothing is decided yet. */
  objection?: boolean;
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
  | "handed_over"
  | "referred"
  | "assigned"
  | "bundled"
  | "unbundled"
  | "merged"
  | "in_case"
  | "taken_over"
  | "escalated"
  | "corrected"
  | "objection"
  | "objection_decided"
  | "informing"
  | "from_late_box";

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
  /** Who entered it, when it did not come through the app. */
  entered_by: { id: string; name: string } | null;
  words: CardWords;
  timeline: TimelineEntry[];
}

/** What the card said when it was reported. */
export interface CardWords {
  /** Null when no text is known of it. */
  version: number | null;
  signals: SignalWords[];
  protective: { id: string; text: string | null }[];
}

export interface SignalWords {
  id: string;
  text: string | null;
  group: SignalGroup | null;
  could_be: string | null;
  could_also_be: string | null;
}

export type InboxView = "all" | "new" | "mine" | "late" | "waiting" | "expiring";

export interface InboxQuery {
  view?: InboxView;
  desk?: Desk;
  card?: string;
  group?: SignalGroup;
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
  /** What was put right because somebody asked for it. */
  corrections?: { at: string; replaced: boolean; text: string | null; by: string }[];
  /** What colleagues wrote beside their reason to open it. */
  notes?: { at: string; purpose: Purpose | "hand_over"; text: string | null; by: string }[];
  /** Whom the desk brought in, and what they were told. */
  referrals?: OpenedReferral[];
}

export interface OpenedReferral {
  id: string;
  at: string;
  to: string;
  ground: string;
  shared: string | null;
  by: string;
}

export type LateReason =
  | "access_ended"
  | "unknown_card"
  | "unknown_kind"
  | "unknown_parent"
  | "unknown_key"
  | "broken_seal"
  | "foreign_author"
  | "shape";

export interface LateItem {
  id: string;
  kind: string;
  reason: LateReason;
  received_at: string;
  settled_at: string | null;
  settled_as: LateEnd | null;
  settled_by: { id: string; name: string } | null;
}

/** Why what came late needs no place. */
export type LateClosed = "known" | "entered" | "not_ours" | "unreadable";
export type LateEnd = Told | LateClosed;

export interface LateOpening {
  opened: Omit<ObservationText, "v"> | AdditionText | null;
  plain: Record<string, unknown>;
  /** Who sent it, or null when nobody knows. */
  sender: ObservationPlain["reporter"] | null;
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
  /** What was on the screen: a colleague's answer of a moment ago is seen before a second one. */
  version?: number;
  told?: Told;
  close?: boolean;
}
