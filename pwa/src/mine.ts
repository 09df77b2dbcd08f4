/** The reporter's own list: what waits here and what the server said of it, as one. */
import {
  beginning,
  type Encrypted,
  type ItemRow,
  inDb,
  LANDING,
  type Landing,
  type MineRow,
  ORDER,
  write,
} from "./db";
import { listen, tell } from "./listeners";
import * as outbox from "./outbox";
import * as session from "./session";
import type {
  Change,
  Gone,
  Mine,
  MineAddition,
  MineStatus,
  ObservationChange,
  Removed,
} from "./types";
import { decrypt, encrypt, personKey, signInOf } from "./vault";

const NEWS = 7 * 86_400_000;
const KEPT = 90 * 86_400_000;

interface Told {
  snapshot: ObservationChange;
  seen: boolean;
}

/** Calls back when anything in the list changes. */
export function onChange(fn: () => void): () => void {
  const stops = [listen("mine", fn), outbox.onChange(fn), session.onChange(fn)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Everything of whoever is signed in, newest first. */
export async function list(): Promise<Mine[]> {
  const by = session.current()?.id;
  if (!by) return [];
  const [waiting, told] = await Promise.all([outbox.all(by), readTold(by)]);
  await forgetOld(by, told);
  const rows = new Map<string, outbox.Waiting>();
  const related = new Map<string, outbox.Waiting[]>();
  for (const row of waiting) {
    if (row.kind === "observation") rows.set(row.id, row);
    else related.set(row.parent, [...(related.get(row.parent) ?? []), row]);
  }
  return [...new Set([...told.keys(), ...rows.keys()])]
    .flatMap((id) => merge(id, rows.get(id), related.get(id) ?? [], told.get(id)) ?? [])
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt));
}

export async function one(id: string): Promise<Mine | undefined> {
  return (await list()).find((mine) => mine.id === id);
}

async function readTold(by: string): Promise<Map<string, Told>> {
  const rows = await inDb((db) => db.getAll("mine", beginning(by)));
  if (rows.length === 0) return new Map();
  const key = await personKey(by);
  const told = await Promise.all(
    rows.map(
      async ({ id, seen, snapshot }): Promise<[string, Told]> => [
        id,
        { seen, snapshot: await read(key, id, snapshot) },
      ],
    ),
  );
  return new Map(told);
}

// Each snapshot has an iv of its own, so the same iv means that it was read before.
const opened = new Map<string, { iv: string; snapshot: ObservationChange }>();
session.onChange(() => opened.clear());

async function read(key: CryptoKey, id: string, kept: Encrypted): Promise<ObservationChange> {
  const iv = kept.iv.join();
  const before = opened.get(id);
  if (before?.iv === iv) return before.snapshot;
  const snapshot = await decrypt<ObservationChange>(key, kept);
  opened.set(id, { iv, snapshot });
  return snapshot;
}

function merge(
  id: string,
  row: outbox.Waiting | undefined,
  related: outbox.Waiting[],
  told: Told | undefined,
): Mine | undefined {
  const item = row?.item.kind === "observation" ? row.item : undefined;
  const source = told?.snapshot;
  const basis = source ?? item;
  if (!basis) return;
  const additions = mergeAdditions(related, source);
  const status = row?.state === "look" ? "look" : source ? heard(source, additions) : local(row);
  const withdrawals = related.filter((one) => one.kind === "withdrawal");
  return {
    id,
    card: basis.card,
    cardVersion: basis.card_version,
    area: basis.area,
    date: basis.date,
    madeAt: item?.made_at ?? basis.made_at,
    signals: source?.signals ?? item?.signals.length ?? 0,
    ...(item && { urgency: item.urgency }),
    status,
    ...optional("receipt", source?.receipt ?? row?.receipt),
    ...optional("reason", row?.reason),
    feedback: source?.feedback ?? [],
    additions,
    ...optional("readBy", source?.read_by),
    ...optional("answerBy", source?.answer_by),
    unseen: told ? !told.seen : false,
    ...(source?.gone && { gone: source.gone }),
    withdrawal: source?.withdrawal ?? (source?.gone ? null : asked(withdrawals)),
  };
}

const asked = (withdrawals: outbox.Waiting[]): "queued" | "look" | null =>
  withdrawals.some((one) => one.state !== "look") ? "queued" : withdrawals[0] ? "look" : null;

function optional<Key extends string>(key: Key, value: string | null | undefined) {
  return (value ? { [key]: value } : {}) as { [K in Key]?: string };
}

function local(row: outbox.Waiting | undefined): MineStatus {
  if (row?.state === "acknowledged") return "received";
  return row && outbox.isSending(row.id) ? "sending" : "saved";
}

function heard(
  { state, feedback, gone }: ObservationChange,
  additions: MineAddition[],
): MineStatus {
  if (gone) return "gone";
  const last = feedback.at(-1);
  if (last?.kind === "question") {
    return additions.some((one) => one.question === last.id) ? "feedback" : "question";
  }
  if (last) return "feedback";
  return state === "new" ? "received" : "read";
}

function mergeAdditions(
  related: outbox.Waiting[],
  snapshot: ObservationChange | undefined,
): MineAddition[] {
  const known = (snapshot?.additions ?? []).map(
    (one): MineAddition => ({ ...one, status: "received" }),
  );
  const told = new Set(known.map((one) => one.id));
  const own = related.flatMap(({ id, state, item }): MineAddition[] => {
    if (item.kind !== "addition" || told.has(id) || state === "withdrawn") return [];
    const sending = outbox.isSending(id) ? "sending" : "saved";
    const status = state === "queued" ? sending : state === "look" ? "look" : "received";
    return [{ id, at: item.made_at, question: item.question ?? null, status }];
  });
  return [...known, ...own].sort((a, b) => a.at.localeCompare(b.at));
}

/** Replaces what this person's list held by what the server says, with the cursor, in one go. */
export async function applyChanges(
  changes: Change[],
  by: string | undefined = session.current()?.id,
  cursor?: number,
): Promise<void> {
  if (!by || (changes.length === 0 && cursor === undefined)) return;
  const signIn = await inDb((db) => signInOf(db.transaction("keys"), by));
  const rows = await closeAll(changes, by);
  await write(LANDING, (transaction) =>
    applyIn(transaction, { by, signIn }, changes, rows, cursor),
  );
  if (changes.length > 0) tell("mine");
}

/** A row for the list, and of how much feedback the one before it told. */
export type Closed = Omit<MineRow, "seen"> & { change: ObservationChange; before: number };

/** What must be done before the transaction, because encrypting would end it. */
export async function closeAll(changes: Change[], by: string): Promise<Closed[]> {
  const worth = changes.filter((change) => change.kind === "observation" || change.reason);
  if (worth.length === 0) return [];
  const key = await personKey(by);
  const told = await Promise.all(
    worth.map((change) => (isRemoved(change) ? bare(key, by, change) : change)),
  );
  return Promise.all(
    told
      .filter((change) => !!change)
      .map(async (change) => {
        const [snapshot, before] = await Promise.all([
          encrypt(key, change),
          change.feedback.length > 0 ? countFeedback(key, by, change.id) : 0,
        ]);
        return { by, id: change.id, snapshot, change, before };
      }),
  );
}

async function countFeedback(key: CryptoKey, by: string, id: string): Promise<number> {
  const row = await inDb((db) => db.get("mine", [by, id]));
  return row ? (await read(key, id, row.snapshot)).feedback.length : 0;
}

/** Puts what `closeAll` made in the list, within the transaction of a whole answer. */
export async function applyIn(
  transaction: Landing,
  { by, signIn }: { by: string; signIn: unknown },
  changes: Change[],
  rows: Closed[],
  cursor: number | undefined,
): Promise<void> {
  // Whoever signed out meanwhile leaves nothing behind; back again, they hear it all anew.
  if (!(await transaction.objectStore("keys").getKey(`person:${by}`))) return;
  if ((await signInOf(transaction, by)) !== signIn) return;
  const mine = transaction.objectStore("mine");
  await Promise.all(
    rows.map(async ({ change, before, ...row }) => {
      // Only of what there is feedback on there can be news: nearly always that saves a question.
      const known = change.feedback.length > 0 ? await mine.get([by, row.id]) : undefined;
      const seen = isSeen(change, known, before);
      await mine.put({ ...row, seen });
    }),
  );
  const removed = new Set(changes.filter(isRemoved).map((change) => change.id));
  const bare = new Set(rows.map(({ id }) => id));
  await Promise.all([...removed].map((id) => bare.has(id) || mine.delete([by, id])));
  if (removed.size > 0) {
    // What is gone at the gemeente is not kept here either, not even sealed.
    const kept = transaction.objectStore("items").index(ORDER);
    let at = await kept.openCursor(beginning("acknowledged", by));
    for (; at; at = await at.continue()) if (isCopy(at.value, removed)) await at.delete();
  }
  if (cursor !== undefined) await transaction.objectStore("meta").put(cursor, `cursor:${by}`);
}

const isRemoved = (change: Change): change is Removed => change.kind === "removed";

const isOld = ({ at }: Gone) => Date.now() - Date.parse(at) > KEPT;

/** What stays of what the gemeente deleted after its term: that it was there, and why it went. */
async function bare(
  key: CryptoKey,
  by: string,
  { id, reason, at }: Removed,
): Promise<ObservationChange | undefined> {
  const row = await inDb((db) => db.get("mine", [by, id]));
  if (!row || !reason || !at || isOld({ reason, at })) return;
  const empty = { area: null, signals: 0, feedback: [], additions: [], withdrawal: null };
  const before = await read(key, id, row.snapshot);
  return { ...before, ...empty, state: "closed", gone: { reason, at } };
}

async function forgetOld(by: string, told: Map<string, Told>): Promise<void> {
  const old = [...told].filter(([, { snapshot }]) => snapshot.gone && isOld(snapshot.gone));
  for (const [id] of old) {
    await inDb((db) => db.delete("mine", [by, id]));
    told.delete(id);
  }
}

// A withdrawal stays: after a restore the server has to hear it again.
const isCopy = ({ id, kind, parent }: ItemRow, removed: ReadonlySet<string>) =>
  kind !== "withdrawal" && (removed.has(id) || removed.has(parent));

// On a list that was filled again after signing in, only what is recent counts as news.
function isSeen({ feedback, gone }: ObservationChange, row: MineRow | undefined, before: number) {
  if (gone) return gone.reason === "expired";
  if (row) return row.seen && feedback.length <= before;
  return !feedback.some((one) => Date.now() - Date.parse(one.at) < NEWS);
}

/** How many have news that was not seen; told without opening any. */
export async function unseen(): Promise<number> {
  const by = session.current()?.id;
  if (!by) return 0;
  const rows = await inDb((db) => db.getAll("mine", beginning(by)));
  return rows.filter((row) => !row.seen).length;
}

/** The person opened this one and saw what is new. */
export async function markSeen(id: string): Promise<void> {
  const by = session.current()?.id;
  if (!by) return;
  const changed = await write(["mine"], async (transaction) => {
    const row = await transaction.objectStore("mine").get([by, id]);
    if (!row || row.seen) return false;
    await transaction.objectStore("mine").put({ ...row, seen: true });
    return true;
  });
  if (changed) tell("mine");
}
