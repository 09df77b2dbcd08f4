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
const aside = new Set<string>();

/**
 * Sends until nothing waits; fails with the first error that says to try later. A device on which
 * nobody ever signed in has nothing to ask, and then the answer is false.
 */
export async function drain(heard: Heard = () => undefined): Promise<boolean> {
  if (!session.current() && !(await deliveryKey())) return false;
  await alone(async () => {
    try {
      while (await step(heard));
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

/** One request; tells whether another is needed. */
async function step(heard: Heard): Promise<boolean> {
  const parcels = await outbox.take(most, MOST_BYTES, aside);
  const ids = parcels.map((parcel) => parcel.id);
  outbox.markSending(ids);
  let answer: SyncAnswer;
  try {
    answer = await exchange(parcels);
  } catch (error) {
    if (await makeSmaller(error, ids)) return true;
    throw error;
  }
  most = Math.min(MOST_ITEMS, most * 2);
  const answered = new Set(answer.outcomes.map((outcome) => outcome.id));
  // What the server did not mention is tried again at the next run, not in a circle now.
  for (const id of ids) if (!answered.has(id)) aside.add(id);
  await heard(answer);
  if (answer.wipe) return false;
  const rest = parcels.length > 0 && (await outbox.total()) > aside.size;
  if (!rest && !answer.more) aside.clear();
  return rest || answer.more;
}

/**
 * Halves the next request when this one was too much, down to one item; one item that fails alone
 * is put aside so that it blocks no other. Tells whether to go on at once.
 */
async function makeSmaller(error: unknown, ids: string[]): Promise<boolean> {
  if (!(error instanceof ApiError) || ids.length === 0) return false;
  const { status } = error;
  const atOnce = status === 413 || status === 400 || status === 422;
  if (!atOnce && !error.timedOut && status !== 500) return false;
  if (ids.length > 1) most = Math.ceil(ids.length / 2);
  else if (status === 413) await outbox.markLook(ids[0] as string, "too_large");
  else if (!error.timedOut) aside.add(ids[0] as string);
  return atOnce;
}
