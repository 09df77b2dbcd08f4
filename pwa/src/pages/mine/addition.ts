import * as cards from "../../cards";
import * as outbox from "../../outbox";
import { seal } from "../../seal";
import type { AdditionText, Person } from "../../types";

const ANSWER = "antwoord-";

/** Under which name the draft of an addition or answer is kept, and whose it is. */
export const draftOf = (parent: string): string => ANSWER + parent;
export const parentOf = (draft: string): string | null =>
  draft.startsWith(ANSWER) ? draft.slice(ANSWER.length) : null;

export const additionText = (text: string): AdditionText => ({ v: 1, text: text.trim() });

/** Seals what was added or answered and puts it in the outbox; works without a network. */
export async function storeAddition(
  parent: string,
  text: string,
  person: Person,
  question?: string,
): Promise<void> {
  const key = cards.sealKey();
  if (!key) throw new Error("no key to seal with");
  const id = crypto.randomUUID();
  const sealed = await seal(key, "addition", id, person.id, additionText(text));
  const made_at = new Date().toISOString();
  await outbox.add(
    { kind: "addition", id, by: person.id, made_at, parent, ...(question && { question }), sealed },
    draftOf(parent),
  );
}
