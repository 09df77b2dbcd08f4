/** One round trip: items out, outcomes and changes in. */
import * as api from "./api";
import { readMeta, writeMeta } from "./db";
import { deliveryKey, deviceId } from "./device";
import * as mine from "./mine";
import * as outbox from "./outbox";
import * as session from "./session";
import type { SyncAnswer } from "./types";
import { KeyGone } from "./vault";

const BITS_PER_SECOND = 50_000;
const MARGIN = 1.5;
const SHORTEST = 15_000;

/** A time limit in which this many bytes arrive over a poor line. */
export const timeLimit = (bytes: number): number =>
  SHORTEST + Math.round(((bytes * 8) / BITS_PER_SECOND) * 1_000 * MARGIN);

/** Sends these parcels, takes in all that the server says, and tells whether it has more to say. */
export async function exchange(parcels: outbox.Parcel[]): Promise<SyncAnswer> {
  const by = session.current()?.id;
  const cursor = by ? ((await readMeta<number>(`cursor:${by}`)) ?? 0) : 0;
  const epoch = (await readMeta<string>("epoch")) ?? null;
  const envelope = {
    device: await deviceId(),
    app_version: __APP_VERSION__,
    unsent: await outbox.total(),
    cursor,
    epoch,
    sent_at: new Date().toISOString(),
  };
  // The items are put in as the text they were stored as: the same bytes at every try.
  const items = parcels.map((parcel) => parcel.text).join(",");
  const body = `${JSON.stringify(envelope).slice(0, -1)},"items":[${items}]}`;
  const bytes = new TextEncoder().encode(body).length;
  const answer = read(await api.sync(body, await deliveryKey(), timeLimit(bytes)));
  await outbox.settle(answer.outcomes);
  if ((epoch !== null && answer.epoch !== epoch) || answer.cursor < cursor) {
    await outbox.sendAgain();
  }
  await writeMeta("epoch", answer.epoch);
  if (by && by === session.current()?.id) {
    await applied(answer, by);
  }
  if (answer.wipe) await session.wipe();
  return answer;
}

async function applied(answer: SyncAnswer, by: string): Promise<void> {
  try {
    await mine.applyChanges(answer.changes, by, answer.cursor);
  } catch (error) {
    // Signed out while this was on its way: then nothing of it may stay.
    if (!(error instanceof KeyGone)) throw error;
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
