/** A few questions twice a year: kept here until they are answered, and sent after everything else. */
import { deleteMeta, type Encrypted, readMeta, writeMeta } from "./db";
import { listen, tell } from "./listeners";
import * as outbox from "./outbox";
import { ApiError, json, request } from "./request";
import * as session from "./session";
import { decrypt, encrypt, KeyGone, personKey } from "./vault";

export interface Question {
  id: string;
  text: string;
  choices: { id: string; text: string }[];
}

export type Answers = Record<string, string>;

export interface Offer {
  half: string;
  questions: Question[];
}

interface Kept {
  /** What was asked on which day; half is null when there was nothing to ask. */
  half: string | null;
  questions: Question[];
  day: string;
  /** Answered or skipped: not asked again. */
  done: boolean;
  /** What still has to go: answers, or null for skipped. Absent when nothing has. */
  waiting?: Answers | null;
}

const KEY = "survey";
const ROLES = ["melder", "contactpersoon"];
/** May, June, November and December: in other months nobody is asked, so nothing is fetched. */
const MONTHS = [4, 5, 10, 11];

export const onChange = (fn: () => void) => listen("survey", fn);

/** What to ask now, or null. Works without network once it was fetched. */
export async function offer(now = new Date()): Promise<Offer | null> {
  const me = session.current();
  if (!me || !ROLES.includes(me.role) || !MONTHS.includes(now.getMonth())) return null;
  let kept = await read(me.id);
  const day = now.toDateString();
  if (!kept?.done && kept?.day !== day && session.state() === "in") {
    kept = (await fetched(me.id, day)) ?? kept;
  }
  // What was fetched in spring is not asked in autumn.
  if (!kept?.half || kept.done || kept.half !== halfOf(now)) return null;
  return { half: kept.half, questions: kept.questions };
}

/** Puts the answers away, or null to skip, and sends them as soon as nothing else waits. */
export async function finish(half: string, answers: Answers | null): Promise<void> {
  const me = session.current();
  if (!me) return;
  const day = new Date().toDateString();
  await keep(me.id, { half, questions: [], day, done: true, waiting: answers });
  await flush();
}

let flushing: Promise<void> | null = null;

/** Sends what waits, never while an observation still does. */
export function flush(): Promise<void> {
  flushing ??= send().finally(() => {
    flushing = null;
  });
  return flushing;
}

async function send(): Promise<void> {
  const me = session.current();
  if (!me || session.state() !== "in" || (await outbox.total()) > 0) return;
  const kept = await read(me.id);
  if (!kept || kept.waiting === undefined) return;
  try {
    const body = { half: kept.half, answers: kept.waiting };
    await request("POST", "/survey", { body });
  } catch (error) {
    // Too late, or no longer somebody who is asked: then it is over. Anything else is tried again.
    if (!(error instanceof ApiError)) throw error;
    if (error.kind !== "refused") return;
  }
  const { waiting: _sent, ...rest } = kept;
  await keep(me.id, rest);
}

async function fetched(person: string, day: string): Promise<Kept | null> {
  try {
    const { half, questions } = await json<Offer>("GET", "/survey");
    const fresh: Kept = { half, questions, day, done: false };
    await keep(person, fresh);
    return fresh;
  } catch (error) {
    // Without an answer there is another day.
    if (!(error instanceof ApiError)) throw error;
    return null;
  }
}

const halfOf = (day: Date): string => `${day.getFullYear()}-H${day.getMonth() < 6 ? 1 : 2}`;

async function read(person: string): Promise<Kept | null> {
  const row = await readMeta<Encrypted>(KEY);
  if (!row) return null;
  try {
    const { by, ...kept } = await decrypt<Kept & { by: string }>(await personKey(person), row);
    return by === person ? kept : null;
  } catch (error) {
    // Of somebody who signed out since: their key is gone.
    if (!(error instanceof KeyGone || error instanceof DOMException)) throw error;
    await deleteMeta(KEY);
    return null;
  }
}

async function keep(person: string, kept: Kept): Promise<void> {
  await writeMeta(KEY, await encrypt(await personKey(person), { ...kept, by: person }));
  tell("survey");
}
