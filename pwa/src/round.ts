/** One round trip: items out, outcomes and changes in. */
import * as api from "./api";
import { type ItemRow, inDb, LANDING, NoRoom, ORDER, QUEUED, write } from "./db";
import { deviceId, openDeliveryKey } from "./device";
import { tell } from "./listeners";
import * as mine from "./mine";
import * as outbox from "./outbox";
import { openAll, type Parcel, takeIn, type Wish } from "./parcels";
import * as session from "./session";
import type { SyncAnswer } from "./types";
import { KeyGone, signInOf } from "./vault";

const BITS_PER_SECOND = 50_000;
const MARGIN = 1.5;
const SHORTEST = 15_000;

/** Where this phone and the server are with each other. */
export interface Line {
  by: string | undefined;
  /** The sign-in of `by` that this began in: a later one starts with an empty list. */
  signIn: unknown;
  device: string;
  key: string | null;
  cursor: number;
  epoch: string | null;
  unsent: number;
}

/** A time limit in which this many bytes arrive over a poor line. */
export const timeLimit = (bytes: number): number =>
  SHORTEST + Math.round(((bytes * 8) / BITS_PER_SECOND) * 1_000 * MARGIN);

/** Reads it all in one go. */
export async function readLine(): Promise<Line> {
  const by = session.current()?.id;
  const [signIn, device, cursor, epoch, unsent, row] = await inDb((db) => {
    const transaction = db.transaction(["meta", "items", "keys"]);
    const meta = transaction.objectStore("meta");
    return Promise.all([
      by && signInOf(transaction, by),
      meta.get("device"),
      by ? meta.get(`cursor:${by}`) : 0,
      meta.get("epoch"),
      transaction.objectStore("items").index(ORDER).count(QUEUED),
      transaction.objectStore("keys").get("delivery"),
    ]);
  });
  return {
    by,
    signIn,
    device: (device as string | undefined) ?? (await deviceId()),
    key: await openDeliveryKey(row),
    cursor: (cursor as number | undefined) ?? 0,
    epoch: (epoch as string | undefined) ?? null,
    unsent,
  };
}

/** Sends these parcels and reads the answer; nothing of it is kept yet. */
export async function post(line: Line, parcels: Parcel[]): Promise<SyncAnswer> {
  const { by = null, device, unsent, cursor, epoch } = line;
  const sent_at = new Date().toISOString();
  const envelope = { device, app_version: __APP_VERSION__, by, unsent, cursor, epoch, sent_at };
  // The items are put in as the text they were stored as: the same bytes at every try.
  const items = parcels.map((parcel) => parcel.text).join(",");
  const body = `${JSON.stringify(envelope).slice(0, -1)},"items":[${items}]}`;
  const bytes = new TextEncoder().encode(body).length;
  return toldTo(line, read(await api.sync(body, line.key, timeLimit(bytes))));
}

// The session may be of somebody else than who is shown here, whose sign-in never got to its end.
// The outcomes hold for the device; the rest tells this person nothing.
function toldTo({ by, cursor, epoch }: Line, answer: SyncAnswer): SyncAnswer {
  if (answer.person === (by ?? null)) return answer;
  return { ...answer, changes: [], cursor: answer.epoch === epoch ? cursor : 0, more: false };
}

/** Whether the server is no longer what it was when this phone last heard of it. */
export const isRestored = (answer: SyncAnswer, { epoch, cursor }: Line): boolean =>
  (epoch !== null && answer.epoch !== epoch) || answer.cursor < cursor;

/**
 * Takes in all that the server said, in one transaction: then outcomes, list and cursor are on
 * disk, or none of them is and the server says it again. When it said nothing new nothing is
 * written. What is to go next is taken in that transaction too, because each one costs a wait for
 * the disk.
 */
export async function land(answer: SyncAnswer, line: Line, wish?: Wish): Promise<Parcel[]> {
  let taken: ItemRow[] = [];
  const { outcomes, changes, cursor, epoch } = answer;
  const by = line.by === session.current()?.id ? line.by : undefined;
  const rows =
    by && (changes.length > 0 || cursor !== line.cursor) ? await close(answer, by) : null;
  const restored = isRestored(answer, line);
  if (wish || outcomes.length > 0 || restored || rows || epoch !== line.epoch) {
    await write(LANDING, async (transaction) => {
      await outbox.settleIn(transaction, outcomes);
      if (restored) await outbox.sendAgainIn(transaction);
      if (epoch !== line.epoch) await transaction.objectStore("meta").put(epoch, "epoch");
      if (by && rows) await mine.applyIn(transaction, { ...line, by }, changes, rows, cursor);
      if (wish) taken = await takeIn(transaction, wish);
    }).catch(async (error: unknown) => {
      // Where the list has no room, at least what arrived is not sent again.
      if (error instanceof NoRoom) await outbox.settle(outcomes);
      throw error;
    });
    if (outcomes.length > 0 || restored) tell("items");
    if (rows?.length || changes.length > 0) tell("mine");
  }
  if (answer.wipe) await session.wipe();
  return openAll(taken);
}

async function close({ changes }: SyncAnswer, by: string): Promise<mine.Closed[] | null> {
  try {
    return await mine.closeAll(changes, by);
  } catch (error) {
    // Signed out while this was on its way: then nothing of it may stay.
    if (!(error instanceof KeyGone)) throw error;
    return null;
  }
}

// Only our own shape counts: a captive portal also says 200.
function read(answer: unknown): SyncAnswer {
  const said = answer as Partial<SyncAnswer> | null;
  const ours =
    typeof said === "object" &&
    said !== null &&
    Array.isArray(said.outcomes) &&
    said.outcomes.every((one) => typeof one?.id === "string" && typeof one.result === "string") &&
    Array.isArray(said.changes) &&
    said.changes.every((one) => typeof one?.id === "string" && typeof one.kind === "string") &&
    typeof said.cursor === "number" &&
    typeof said.more === "boolean" &&
    typeof said.epoch === "string" &&
    typeof said.wipe === "boolean";
  if (!ours) throw new api.ApiError("strange", { status: 200 });
  return said as SyncAnswer;
}
