/** The meetings of the kernteam, as the server keeps them. */
import { json, request } from "../../../request";
import type { Basis } from "../../../types";
import type { Reason } from "../bundles/bundles";

export type MeetingState = "planned" | "running" | "ended" | "cancelled";
export type PointKind =
  | "actions"
  | "bundle"
  | "case"
  | "evaluation"
  | "late"
  | "own"
  | "year"
  | "round";
export type Outcome =
  | "discussed"
  | "case_started"
  | "following"
  | "referred"
  | "no_follow_up"
  | "later";
export type UnmaskReason = "who_knows" | "who_contacts" | "same_person";
export type Answer = "yes" | "partly" | "no";

export interface Colleague {
  id: string;
  name: string;
  role_label: string;
  organisation: string;
}

interface Planned {
  id: string;
  starts_at: string;
  minutes: number;
  place: string;
  state: MeetingState;
  version: number;
}

export interface MeetingRow extends Planned {
  points: number;
  done: number;
  evaluated: boolean;
}

export interface Point {
  id: string;
  kind: PointKind;
  subject_id: string;
  /** Empty for somebody's own point: that is sealed. */
  title: string;
  detail: string;
  outcome: Outcome | null;
  ground: string | null;
  done_at: string | null;
  written: boolean;
  guests: Colleague[];
  version: number;
}

export interface Meeting extends Planned {
  started_at: string | null;
  ended_at: string | null;
  agenda: Point[];
  present: Colleague[];
  possible: Colleague[];
  /** Who is no member and may be shown one point, such as the OM. */
  candidates: Colleague[];
  member: boolean;
}

export interface Written {
  id: string;
  title: string | null;
  note: string | null;
}

export interface Stage {
  reasons: Reason[];
  protective: string[];
  seen: { date: string; card: string; basis: Basis; text: string | null }[];
  /** What stands in the place of names: "jongere A". */
  letters: string[];
}

export interface Found {
  meeting: string | null;
  year: number | null;
  at: string;
  count: number;
  answers: Record<string, Record<Answer, number>>;
}

export interface Question {
  id: string;
  text: string;
}

export interface Evaluations {
  questions: Question[];
  year_questions: Question[];
  items: Found[];
}

export interface Settled {
  outcome: Outcome;
  ground: string | null;
  note: string | null;
  version: number;
}

export interface Plan {
  starts_at: string;
  minutes: number;
  place: string;
}

const at = (id: string) => `/meetings/${encodeURIComponent(id)}`;
const point = (id: string, item: string) => `${at(id)}/agenda/${encodeURIComponent(item)}`;

/** Who is no member sees only where something was put before them. */
export interface MeetingList {
  items: MeetingRow[];
  year: number;
  member: boolean;
}

export const list = () => json<MeetingList>("GET", "/meetings");
export const show = (id: string) => json<Meeting>("GET", at(id));
export const plan = (body: Plan) => json<Meeting>("POST", "/meetings", { body });
export const change = (id: string, body: Plan & { version: number }) =>
  json<Meeting>("PUT", at(id), { body });
export const setState = (id: string, state: MeetingState, version: number) =>
  json<Meeting>("POST", `${at(id)}/states`, { body: { state, version } });
export const setPresent = (id: string, persons: string[]) =>
  json<Meeting>("PUT", `${at(id)}/attendance`, { body: { persons } });
export const openWritten = (id: string) =>
  json<{ items: Written[] }>("POST", `${at(id)}/openings`, { body: {} });
export const addPoint = (id: string, item: string, title: string) =>
  json<Meeting>("POST", `${at(id)}/agenda`, { body: { id: item, title } });
export const movePoint = (id: string, item: string, place: number) =>
  json<Meeting>("POST", `${point(id, item)}/moves`, { body: { place } });
export const takeOff = async (id: string, item: string) =>
  void (await request("DELETE", point(id, item)));
export const openPoint = (id: string, item: string) =>
  json<Stage>("POST", `${point(id, item)}/openings`, { body: {} });
export const unmask = (id: string, item: string, reason: UnmaskReason) =>
  json<{ names: Record<string, string> }>("POST", `${point(id, item)}/unmaskings`, {
    body: { reason },
  });
export const settle = (id: string, item: string, body: Settled) =>
  json<Meeting>("POST", `${point(id, item)}/outcomes`, { body });
export const takeBack = async (id: string, item: string, person: string) =>
  void (await request("DELETE", `${point(id, item)}/guests/${encodeURIComponent(person)}`));
export const putBefore = (id: string, item: string, person: string) =>
  json<Meeting>("POST", `${point(id, item)}/guests`, { body: { person } });

export interface Choices {
  grounds: { id: string; name: string }[];
  actions: { id: string; text: string }[];
  owners: { id: string; name: string }[];
}

export interface NewCase {
  id: string;
  kind: CaseKind;
  title: string;
  bundle: string;
}

export interface NewAction {
  id: string;
  kind: string;
  text: string;
  owner: string;
  due_on: string;
  case: string | null;
  about: "case" | "area";
  meeting: string;
}

export type CaseKind = "youth" | "group" | "place";

export const choices = () => json<Choices>("GET", "/cases/choices");
export const startCase = async (body: NewCase) => void (await request("POST", "/cases", { body }));
export const decide = async (
  id: string,
  body: { id: string; ground: string; text: string; meeting: string },
) => void (await request("POST", `/cases/${encodeURIComponent(id)}/decisions`, { body }));
export const planAction = async (body: NewAction) =>
  void (await request("POST", "/actions", { body }));

export const evaluations = () => json<Evaluations>("GET", "/evaluations");
export const openWords = (about: { meeting: string | null; year: number | null }) =>
  json<{ words: string[] }>("POST", "/evaluations/openings", { body: about });

interface Judgement {
  answers: Record<string, Answer>;
  words: string | null;
}

export const evaluate = async (id: string, body: Judgement) =>
  void (await request("PUT", `${at(id)}/evaluation`, { body }));
export const evaluateYear = async (year: number, body: Judgement) =>
  void (await request("PUT", "/evaluations/years", { body: { ...body, year } }));

export const feed = () => json<{ made_at: string | null }>("GET", "/calendar");
export const makeFeed = () => json<{ url: string }>("POST", "/calendar", { body: {} });
export const stopFeed = async () => void (await request("DELETE", "/calendar"));

/** The minutes take as long as they are; the file comes as it is, and is not kept here. */
export async function minutes(id: string): Promise<Blob> {
  const answer = await request("POST", `${at(id)}/minutes`, {
    body: {},
    headers: { Accept: "application/pdf, application/problem+json" },
    limit: 60_000,
  });
  return answer.blob();
}
