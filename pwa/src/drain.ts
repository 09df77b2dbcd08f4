/** Sending all that waits, by one sender at a time, in requests that fit the line. */
import { ApiError } from "./api";
import { deliveryKey } from "./device";
import * as outbox from "./outbox";
import { type Parcel, take as takeParcels, type Wish } from "./parcels";
import { isRestored, type Line, land, post, readLine } from "./round";
import * as session from "./session";
import type { SyncAnswer } from "./types";

const MOST_ITEMS = 50;
// Of the 256 kB the server takes, the rest of the request needs a little.
const MOST_BYTES = 250 * 1024;
const PATIENCE = 30_000;
const TIDY_EVERY = 3_600_000;
// What these say holds for whatever was sent.
const LATER = [401, 408, 429, 503];
// So often something may be wrong with the line before it is looked for in what was sent.
const TRIES = 3;

type Heard = (answer: SyncAnswer) => unknown;

let most = MOST_ITEMS;
let tidied = 0;
// What failed alone goes after all others, so that it blocks none of them.
const aside = new Set<string>();
let failed = 0;
let isSuspect = false;

/**
 * Sends until nothing waits; fails with the first error that says to try later, and in the end with
 * what kept one item back. A device on which nobody ever signed in has nothing to ask, and then the
 * answer is false.
 */
export async function drain(heard: Heard = () => undefined): Promise<boolean> {
  if (!session.current() && !(await deliveryKey())) return false;
  await alone(async () => {
    try {
      const refused = await sendAll(heard);
      isSuspect = refused !== undefined;
      await tidy();
      if (refused) throw refused;
    } finally {
      outbox.markSending([]);
    }
  });
  return true;
}

async function tidy(): Promise<void> {
  if (Date.now() - tidied < TIDY_EVERY) return;
  await outbox.tidy();
  tidied = Date.now();
}

// Who waits too long goes ahead: the server knows what it already has.
async function alone(work: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return work();
  const patience = AbortSignal.timeout(PATIENCE);
  let started = false;
  const begin = () => {
    started = true;
    return work();
  };
  try {
    await navigator.locks.request("signaalkaart-sync", { signal: patience }, begin);
  } catch (error) {
    if (started || !patience.aborted) throw error;
    await work();
  }
}

/** One request, and where phone and server were with each other when it was made ready. */
interface Turn {
  line: Line;
  parcels: Parcel[];
  /** The answer before this one: to be written while this one is out. */
  before?: { answer: SyncAnswer; line: Line; ids: string[] };
}

interface Run {
  heard: Heard;
  /** What had its turn in this run. */
  passed: Set<string>;
  restored: boolean;
  /** Why the last one that failed alone did. */
  refused?: ApiError;
  /** So many failed alone since something arrived. */
  inARow: number;
}

/** Answers with what kept an item back, when one is left that failed alone. */
async function sendAll(heard: Heard): Promise<ApiError | undefined> {
  const passed = new Set<string>();
  const run: Run = { heard, passed, restored: false, inARow: 0 };
  let turn: Turn | null = await open(passed);
  while (turn) turn = await take(turn, run);
  return run.refused;
}

/**
 * One request, and what comes after it. While it is out, the answer before it is written to disk
 * and the next one is made ready, so that phone and server do not wait for each other.
 */
async function take(turn: Turn, run: Run): Promise<Turn | null> {
  const { line, parcels, before } = turn;
  const { passed } = run;
  const ids = parcels.map((parcel) => parcel.id);
  outbox.markSending([...(before?.ids ?? []), ...ids]);
  const [said, prepared] = await Promise.allSettled([
    post(line, parcels),
    prepare(turn, new Set([...aside, ...passed, ...ids]), run.heard),
  ]);
  // On what is not on disk nothing is built: the server says it all again.
  if (before && prepared.status === "rejected") throw prepared.reason;
  if (said.status === "rejected") {
    if (!(await makeSmaller(said.reason, turn, run))) throw said.reason;
    return open(passed);
  }
  failed = 0;
  if (ids.length > 0) run.inARow = 0;
  const answer = said.value;
  most = Math.min(MOST_ITEMS, most * 2);
  const unsent = line.unsent - countAnswered(answer, ids, passed);
  const isNew = isRestored(answer, line);
  const ready = prepared.status === "fulfilled" ? prepared.value : [];
  if (ready.length > 0 && !isNew && !answer.wipe && session.current()?.id === line.by) {
    const { cursor, epoch } = answer;
    const next = { ...line, cursor, epoch, unsent };
    return { line: next, parcels: ready, before: { answer, line, ids } };
  }
  await land(answer, line);
  await run.heard(answer);
  if (answer.wipe) return null;
  // Whoever says "restored" again and again gets the rest at the next run.
  const anew = isNew && !run.restored;
  run.restored ||= isNew;
  if (!answer.more && !anew && (ids.length === 0 || unsent <= passed.size)) return null;
  const following = await open(passed);
  // Where no cursor is kept, as after signing out, the same would be told again and again.
  const isFurther = answer.more && following.line.cursor > line.cursor;
  return anew || isFurther || following.parcels.length > 0 ? following : null;
}

async function open(passed: ReadonlySet<string>): Promise<Turn> {
  const line = await readLine();
  return { line, parcels: line.unsent > 0 ? await next(passed) : [] };
}

/**
 * Writes the answer before this turn, and takes what may go after it, as long as the line takes
 * whole requests.
 */
async function prepare(turn: Turn, skip: Set<string>, heard: Heard): Promise<Parcel[]> {
  const { line, parcels, before } = turn;
  const isMore = most === MOST_ITEMS && line.unsent > parcels.length;
  const wish = isMore ? { most, bytes: MOST_BYTES, skip } : undefined;
  if (!before) return wish ? takeParcels(wish) : [];
  const taken = await land(before.answer, before.line, wish);
  await heard(before.answer);
  return taken;
}

/** How much was answered. The rest is tried again at the next run, not in a circle now. */
function countAnswered(answer: SyncAnswer, ids: string[], passed: Set<string>): number {
  const answered = new Set(answer.outcomes.map((outcome) => outcome.id));
  const silent = ids.filter((id) => !answered.has(id));
  for (const id of silent) passed.add(id);
  return ids.length - silent.length;
}

async function next(passed: ReadonlySet<string>): Promise<Parcel[]> {
  let parcels = await takeParcels(wishFor(most, passed));
  for (const id of [...aside]) {
    if (parcels.length > 0) break;
    if (passed.has(id)) continue;
    // Each in its turn: when this one fails again, it is the last of the row. It may be gone by now.
    aside.delete(id);
    parcels = await takeParcels(wishFor(1, passed));
  }
  return parcels;
}

const wishFor = (most: number, passed: ReadonlySet<string>): Wish => {
  return { most, bytes: MOST_BYTES, skip: new Set([...aside, ...passed]) };
};

/**
 * Halves the next request when this one was too much, or when the server answers without it, down
 * to one item; one item that fails alone is put aside so that it blocks no other. It stays: the
 * server itself takes any one item, so that it is a box in between that will not have it. Tells
 * whether to go on at once.
 */
async function makeSmaller(error: unknown, turn: Turn, run: Run): Promise<boolean> {
  const ids = turn.parcels.map((parcel) => parcel.id);
  const [only] = ids;
  if (!(error instanceof ApiError) || only === undefined) return false;
  const { status } = error;
  const tooMuch = status === 413 || status === 400 || status === 422;
  const wasSuspect = isSuspect;
  const atOnce = tooMuch || (await isRefusedForItself(error, turn.line));
  if (!atOnce && !error.timedOut && status !== 500) return false;
  if (ids.length > 1) most = Math.ceil(ids.length / 2);
  // The first time it may have been the line, which is back by now: then the same goes once more.
  else if (tooMuch || (atOnce ? wasSuspect : !error.timedOut)) {
    putAside(only, error, run);
    // Where so many in a row fail alone, it is not in what is sent.
    return atOnce && run.inARow < TRIES;
  }
  return atOnce;
}

function putAside(id: string, { status }: ApiError, run: Run): void {
  aside.add(id);
  run.passed.add(id);
  run.inARow += 1;
  // Whatever this one met, the network is there; and how long to wait was said of this one only.
  run.refused = new ApiError("refused", status === undefined ? {} : { status });
}

/** Whether the server answers as soon as nothing is sent along, after a few tries that failed. */
async function isRefusedForItself({ status }: ApiError, line: Line): Promise<boolean> {
  if (status !== undefined && LATER.includes(status)) return false;
  failed += 1;
  if (failed < TRIES && !isSuspect) return false;
  try {
    await post(line, []);
  } catch {
    return false;
  }
  isSuspect = true;
  return true;
}
