/** What is asked of the server about cases, actions and goals. */

import { json, request } from "../../../request";

export type Phase = "signalling" | "analysis" | "decision" | "action" | "evaluation";
export type Kind = "youth" | "group" | "place";
export type NodeKind = "person" | "place" | "group" | "institution";
export type Zone = "subject" | "family" | "friends" | "school" | "club" | "area";
export type EdgeKind = "plain" | "support" | "unsure" | "new";
export type Pillar = "prevention" | "repression" | "care";
export type About = "case" | "school" | "club" | "area";
export type Term = "short" | "middle" | "long";

export interface CaseRow {
  id: string;
  number: number;
  kind: Kind;
  area: string | null;
  phase: Phase;
  phase_at: string;
  evaluate_on: string | null;
  closed_on: string | null;
  outcome: string | null;
  /** Whether it may be opened; otherwise only the phase is seen. */
  whole: boolean;
}

export interface Who {
  id: string;
  name: string;
}

/** Somebody who could work along on a case. */
export interface Candidate extends Who {
  organisation: string;
  /** On the agenda of a case, and nothing more: the OM. */
  agenda_only: boolean;
}

/** How a case ended, for who worked along on that one only. */
export interface Word {
  number: number;
  closed_on: string;
  text: string | null;
}

export interface Case extends CaseRow {
  version: number;
  asked: string[];
  participants: (Who & { part: "core" | "shell" | "agenda"; ended: boolean })[];
  observations: number;
  /** Only the desk is told which. */
  sources: { id: string; area: string | null; date: string; card: string; owed: boolean }[];
  owed: number;
  unmasked: boolean;
}

export interface Node {
  id: string;
  kind: NodeKind;
  zone: Zone;
  letter: string;
  since: string;
  until: string | null;
  name: string | null;
  role: string | null;
  cases: number[];
}

export interface Edge {
  id: string;
  from_id: string;
  to_id: string;
  kind: EdgeKind;
  since: string;
  until: string | null;
  label: string | null;
}

export interface CaseEvent {
  at: string;
  kind: "made" | "phase" | "closed" | "reopened" | "word";
  phase: Phase | null;
  text: string | null;
}

export interface Opened {
  masked: boolean;
  title: string | null;
  text: string | null;
  nodes: Node[];
  edges: Edge[];
  decisions: { id: string; at: string; ground: string; text: string | null }[];
  texts: Record<string, string | null>;
  events: CaseEvent[];
}

export interface Action {
  id: string;
  case_id: string | null;
  about: About;
  pillar: Pillar;
  kind: string;
  owner: Who;
  orphaned: boolean;
  due_on: string;
  done_on: string | null;
  version: number;
}

export interface Goal {
  id: string;
  case_id: string | null;
  about: About;
  term: Term;
  reached_on: string | null;
  version: number;
}

export interface Choices {
  asks: { id: string; phase: Phase; text: string }[];
  actions: { id: string; pillar: Pillar; text: string }[];
  grounds: { id: string; name: string }[];
  owners: Who[];
}

interface Items<T> {
  items: T[];
}

const post = <T>(path: string, body: unknown) => json<T>("POST", path, { body });
const path = (id: string, what = "") => `/cases/${encodeURIComponent(id)}${what && `/${what}`}`;

export const list = async (closed = false) =>
  (await json<Items<CaseRow>>("GET", `/cases?closed=${closed ? "yes" : "no"}`)).items;
export const show = (id: string) => json<Case>("GET", path(id));
export const choices = () => json<Choices>("GET", "/cases/choices");
export const open = (id: string) => post<Opened>(path(id, "openings"), { purpose: "work" });
export const unmask = (id: string, reason: string) =>
  json("POST", path(id, "unmaskings"), { body: { reason } });
export const make = (body: object) => post<Case>("/cases", body);
/** The open cases that a report is in. */
export const around = async (observation: string) =>
  (await json<Items<CaseRow>>("GET", `/cases?observation=${encodeURIComponent(observation)}`))
    .items;
/** Who could work along; only the desk is told. */
export const people = async () => (await json<Items<Candidate>>("GET", "/cases/people")).items;
export const words = async () => (await post<Items<Word>>("/cases/words", {})).items;
export const endParticipant = async (id: string, person: string) =>
  void (await request("DELETE", path(id, `participants/${encodeURIComponent(person)}`)));
/** Takes something out of the network that should not be there: "nodes/<id>". */
export const takeOut = async (id: string, what: string) =>
  void (await request("DELETE", path(id, what)));
/** One step in a case, such as "phases" or "nodes". */
export const step = (id: string, what: string, body: object) => post<Case>(path(id, what), body);

export const actions = async () => (await json<Items<Action>>("GET", "/actions")).items;
export const goals = async () => (await json<Items<Goal>>("GET", "/goals")).items;
export const planTexts = async () =>
  (await post<{ texts: Record<string, string | null> }>("/actions/openings", {})).texts;
export const plan = (body: object) => post<Action>("/actions", body);
export const setGoal = (body: object) => post<Goal>("/goals", body);
export const changeAction = (
  { id, version, owner, due_on, done_on }: Action,
  change: { owner?: string; due_on?: string; done?: boolean },
) =>
  post<Action>(`/actions/${id}/states`, {
    version,
    owner: owner.id,
    due_on,
    done: done_on !== null,
    ...change,
  });
export const reachGoal = ({ id, version }: Goal, reached: boolean) =>
  post<Goal>(`/goals/${id}/states`, { version, reached });
