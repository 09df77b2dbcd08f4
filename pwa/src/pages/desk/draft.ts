/** The answer somebody is writing: one id per answer, so that it can be sent again and still arrive once. */

import type { FeedbackKind, Told } from "../../types";

export type Stage = "writing" | "sending" | "unsure";

export interface Draft {
  id: string;
  kind: FeedbackKind | "";
  text: string;
  /** How somebody without the app was told; only asked for what was entered at the desk. */
  told: Told | "";
  /** Close the report in the same step. */
  close: boolean;
  stage: Stage;
}

export const longestText = 1000;

export const kinds: readonly FeedbackKind[] = [
  "read",
  "watching",
  "contact",
  "taken_up",
  "no_follow_up",
  "question",
];

export function newDraft(): Draft {
  return { id: crypto.randomUUID(), kind: "", text: "", told: "", close: false, stage: "writing" };
}

/**
 * Changes the answer. Not while it is under way, and not while we do not know whether it arrived:
 * under the same id the server would keep the first text, under a new id the reporter would get both.
 */
export function change(
  draft: Draft,
  what: Partial<Pick<Draft, "kind" | "text" | "told" | "close">>,
): Draft {
  return draft.stage === "writing" ? { ...draft, ...what } : draft;
}

/** Null when it is already under way: the second half of a double click. */
export function startSending(draft: Draft): Draft | null {
  return draft.stage === "sending" ? null : { ...draft, stage: "sending" };
}

/** After a refusal the answer can be changed; without any answer it can only be sent again as it is. */
export function notSent(draft: Draft, refused: boolean): Draft {
  return { ...draft, stage: refused ? "writing" : "unsure" };
}

export type Missing = "kind" | "question" | "too_long" | "name" | "told";

/** These say what the desk does with it; after the others an answer is still owed. */
export function saysWhatFollows(kind: Draft["kind"]): boolean {
  return kind !== "" && kind !== "read" && kind !== "question";
}

/** What still stands in the way of sending, with the names of the observation's people at hand. */
export function missing(draft: Draft, names: readonly string[], entered = false): Missing | null {
  if (draft.kind === "") return "kind";
  const text = draft.text.trim();
  if (draft.kind === "question" && text === "") return "question";
  if (text.length > longestText) return "too_long";
  if (namesSomebody(text, names)) return "name";
  return entered && draft.told === "" ? "told" : null;
}

function words(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[a-z0-9]+/g) ?? [];
}

function isNamed(name: string, said: string[]): boolean {
  const parts = name.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const proper = parts.filter((part) => /^\p{Lu}/u.test(part) && part.length > 2);
  if (proper.length > 0) return proper.flatMap(words).some((part) => said.includes(part));
  const whole = words(name);
  return (
    whole.length > 0 &&
    said.some((_word, at) => whole.every((part, index) => said[at + index] === part))
  );
}

/** Whether the text holds a name from the observation: the server's own rule, so that both agree while typing. */
export function namesSomebody(text: string, names: readonly string[]): boolean {
  const said = words(text);
  return names.some((name) => isNamed(name, said));
}

const drafts = new Map<string, Draft>();

/** What was typed stays while the page is open, also when somebody looks at another report first. Never on disk. */
export function draftOf(observation: string): Draft {
  const draft = drafts.get(observation) ?? newDraft();
  drafts.set(observation, draft);
  return draft;
}

export function keepDraft(observation: string, draft: Draft): void {
  drafts.set(observation, draft);
}

/** After the answer arrived the next one starts empty, with an id of its own. */
export function finishDraft(observation: string): void {
  drafts.delete(observation);
}

let writer: string | null = null;

/** Another person at the same laptop starts with nothing; null is nobody. */
export function forgetDraftsUnless(person: string | null): void {
  if (person === null || person !== writer) drafts.clear();
  writer = person;
}
