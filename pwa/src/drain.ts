/** Sending all that waits, by one sender at a time, in requests that fit the line. */
import { ApiError } from "./api";
import { deliveryKey } from "./device";
import * as outbox from "./outbox";
import { exchange } from "./round";
import * as session from "./session";
import type { SyncAnswer } from "./types";

const MOST_ITEMS = 50;
// Of the 256 kB the server takes, the rest of the request needs a little.
const MOST_BYTES = 250 * 1024;
const PATIENCE = 30_000;

type Heard = (answer: SyncAnswer) => unknown;

let most = MOST_ITEMS;
// What failed alone goes after all others, so that it blocks none of them.
const aside = new Set<string>();

/**
 * Sends until nothing waits; fails with the first error that says to try later. A device on which
 * nobody ever signed in has nothing to ask, and then the answer is false.
 */
export async function drain(heard: Heard = () => undefined): Promise<boolean> {
  if (!session.current() && !(await deliveryKey())) return false;
  await alone(async () => {
    try {
      const passed = new Set<string>();
      while (await step(heard, passed));
      await outbox.tidy();
    } finally {
      outbox.markSending([]);
    }
  });
  return true;
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

/** One request; tells whether another is needed. What is in `passed` had its turn in this run. */
async function step(heard: Heard, passed: Set<string>): Promise<boolean> {
  const parcels = await next(passed);
  const ids = parcels.map((parcel) => parcel.id);
  outbox.markSending(ids);
  let answer: SyncAnswer;
  try {
    answer = await exchange(parcels);
  } catch (error) {
    if (await makeSmaller(error, ids, passed)) return true;
    throw error;
  }
  most = Math.min(MOST_ITEMS, most * 2);
  const answered = new Set(answer.outcomes.map((outcome) => outcome.id));
  // What the server did not mention is tried again at the next run, not in a circle now.
  for (const id of ids) if (!answered.has(id)) passed.add(id);
  await heard(answer);
  if (answer.wipe) return false;
  const rest = parcels.length > 0 && (await outbox.total()) > passed.size;
  return rest || answer.more;
}

async function next(passed: ReadonlySet<string>): Promise<outbox.Parcel[]> {
  const parcels = await outbox.take(most, MOST_BYTES, new Set([...aside, ...passed]));
  const first = [...aside].find((id) => !passed.has(id));
  if (parcels.length > 0 || first === undefined) return parcels;
  // Each in its turn: when this one fails again, it is the last of the row.
  aside.delete(first);
  return outbox.take(1, MOST_BYTES, new Set([...aside, ...passed]));
}

/**
 * Halves the next request when this one was too much, down to one item; one item that fails alone
 * is put aside so that it blocks no other. Tells whether to go on at once.
 */
async function makeSmaller(error: unknown, ids: string[], passed: Set<string>): Promise<boolean> {
  if (!(error instanceof ApiError) || ids.length === 0) return false;
  const { status } = error;
  const atOnce = status === 413 || status === 400 || status === 422;
  if (!atOnce && !error.timedOut && status !== 500) return false;
  const [only = ""] = ids;
  if (ids.length > 1) most = Math.ceil(ids.length / 2);
  else if (status === 413) await outbox.markLook(only, "too_large");
  else if (!error.timedOut) {
    aside.add(only);
    passed.add(only);
  }
  return atOnce;
}
