/** The rights of who is written about, as the server does them for the desk. */
import { json, request } from "../../../request";
import type { AgeBand, ObservationState, Youth } from "../../../types";

export type Reason = "access" | "correction" | "erasure" | "objection" | "calamity";

export interface Wanted {
  name: string;
  nickname: string | null;
  age: AgeBand | null;
  reason: Reason;
}

export interface RecordKey {
  subject: string;
  id: string;
}

export interface Plain extends RecordKey {
  kind: string;
  receipt: string | null;
  received_at: string;
  state: ObservationState | null;
  card: string | null;
  area: string | null;
  date: string | null;
  in_case: boolean;
  /** The case in which it was written. */
  case: string | null;
  objection: boolean;
  version: number | null;
}

export interface Why {
  kind: string;
  field: string;
  how: "same" | "alike" | "part";
  age: boolean | null;
}

export interface Hit extends Plain {
  reasons: Why[];
}

export interface Found {
  id: string;
  opened: number;
  shut: number;
  items: Hit[];
}

export interface Passage {
  kind: string;
  field: string;
  text: string;
  /** Words in it that name somebody else. */
  black: string[];
}

export interface Held extends Plain {
  persons: { name: string; age: string }[];
  left_out: number;
  passages: Passage[];
}

export type NotInformed = "danger" | "inquiry" | "unreachable" | "other_tells";

export interface Informing {
  named_on: string | null;
  informed_on: string | null;
  reason: NotInformed | null;
  remind_on: string | null;
}

export interface Objection {
  id: string;
  kind: "objection" | "restriction";
  made_on: string;
  decision: "upheld" | "rejected" | null;
  decided_at: string | null;
}

export interface Rights {
  informing: Informing;
  objections: Objection[];
}

export interface Correction {
  text: string;
  version: number;
  replacement: { what: string; persons: Youth[] } | null;
}

// Everything on the server is opened for this.
const PATIENCE = 60_000;
const of = (id: string) => `/rights/observations/${encodeURIComponent(id)}`;
const key = ({ subject, id }: RecordKey): RecordKey => ({ subject, id });

export const search = (wanted: Wanted) =>
  json<Found>("POST", "/rights/searches", { body: wanted, limit: PATIENCE });

export const review = async (wanted: Wanted, records: readonly RecordKey[]) =>
  (
    await json<{ items: Held[] }>("POST", "/rights/reviews", {
      body: { ...wanted, records: records.map(key) },
      limit: PATIENCE,
    })
  ).items;

export const noteFile = async (records: readonly RecordKey[], reason: Reason) =>
  void (await request("POST", "/rights/exports", { body: { records: records.map(key), reason } }));

export const correct = async (id: string, correction: Correction) =>
  void (await request("POST", `${of(id)}/corrections`, { body: correction }));

export const erase = async ({ subject, id }: RecordKey, reason: Reason) =>
  void (await request("POST", `/rights/records/${encodeURIComponent(id)}/erasures`, {
    body: { subject, reason },
  }));

export const rightsOf = (id: string) => json<Rights>("GET", of(id));

export const object = (id: string, kind: Objection["kind"], made_on: string) =>
  json<Rights>("POST", `${of(id)}/objections`, { body: { kind, made_on } });

export const decide = async (id: string, decision: "upheld" | "rejected") =>
  void (await request("POST", `/rights/objections/${encodeURIComponent(id)}/decisions`, {
    body: { decision },
  }));

export const inform = (id: string, told: { informed_on?: string; reason?: NotInformed }) =>
  json<Rights>("PUT", `${of(id)}/informing`, { body: told });

export interface ToInform extends Plain {
  informing: Informing;
}

export const toInform = async () =>
  (await json<{ items: ToInform[] }>("GET", "/rights/informing")).items;
