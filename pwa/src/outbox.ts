/** What waits to be sent. An item that was added is sent once, or stays here to be looked at. */
import { endAway, noteAway, readAway } from "./away";
import {
  beginning,
  type ItemRow,
  type ItemState,
  inDb,
  LANDING,
  type Landing,
  ORDER,
  QUEUED,
  write,
} from "./db";
import { settled } from "./drafts";
import { listen, tell, tellTab } from "./listeners";
import { current, onChange as onSession } from "./session";
import type { Item, Outcome, WithdrawalItem } from "./types";
import { decryptText, deviceKey, encryptText, opens } from "./vault";

const DAY = 86_400_000;
const KEPT_DAYS = 7;

/** A row with the item as it is sent; its text stays sealed. */
export type Waiting = Omit<ItemRow, "wire"> & { item: Item };

const STATES: ItemState[] = ["queued", "acknowledged", "look", "withdrawn"];

const underWay = new Set<string>();
// An item never changes, so it is read from the store once; for the next person all is shut again.
const opened = new Map<string, Item>();
onSession(() => opened.clear());

export const onChange = (fn: () => void) => listen("items", fn);
/** `fn` hears that this tab added something to send. */
export const onAdded = (fn: () => void) => listen("added", fn);
export const isSending = (id: string): boolean => underWay.has(id);

/**
 * Keeps a sealed item and removes the draft it was made from, in one transaction. Resolves only
 * when it is on disk; throws NoRoom when it does not fit, and then the draft is still there.
 */
export async function add(item: Item, draftId?: string): Promise<void> {
  const row = await toRow(item);
  await settled();
  const isKept = await write(["items", "drafts", "keys"], async (transaction) => {
    if (!(await opens(transaction, row.wire))) return false;
    const items = transaction.objectStore("items");
    if (!(await items.get(row.id))) await items.put(row);
    if (draftId === undefined) return true;
    await transaction.objectStore("drafts").delete([item.by, "form", draftId]);
    await transaction.objectStore("drafts").delete([item.by, "choice", draftId]);
    return true;
  });
  // The device was emptied while this was encrypted: it is kept under the key that came after.
  if (!isKept) return add(item, draftId);
  tell("items");
  tell("drafts");
  tellTab("added");
}

async function toRow(item: Item): Promise<ItemRow> {
  const text = JSON.stringify(item);
  return {
    id: item.id,
    by: item.by,
    kind: item.kind,
    parent: item.kind === "observation" ? "" : item.parent,
    state: "queued",
    made_at: item.made_at,
    size: new TextEncoder().encode(text).length,
    wire: await encryptText(await deviceKey(), text),
    receipt: null,
    reason: null,
    acknowledged_at: null,
  };
}

/** How much of this person waits to be sent; of everybody when nobody is signed in. */
export async function count(by: string | undefined = current()?.id): Promise<number> {
  if (!by) return total();
  return inDb((db) => db.countFromIndex("items", ORDER, beginning("queued", by)));
}

/** How much waits on this device, whoever's it is. */
export async function total(): Promise<number> {
  return inDb((db) => db.countFromIndex("items", ORDER, QUEUED));
}

/** The items that wait to be sent, oldest first. */
export async function waiting(by: string | undefined = current()?.id): Promise<Waiting[]> {
  const range = by ? beginning("queued", by) : QUEUED;
  return readAll(await inDb((db) => db.getAllFromIndex("items", ORDER, range)));
}

/** Everything of this person that is still on the device, sent or not. */
export async function all(by: string): Promise<Waiting[]> {
  return readAll(await inDb((db) => rowsOf(db.transaction("items").store, by)));
}

interface WithOrder {
  index(name: typeof ORDER): { getAll(range: IDBKeyRange): Promise<ItemRow[]> };
}

async function rowsOf(items: WithOrder, by: string): Promise<ItemRow[]> {
  const index = items.index(ORDER);
  const found = STATES.map((state) => index.getAll(beginning(state, by)));
  return (await Promise.all(found)).flat();
}

async function readAll(rows: ItemRow[]): Promise<Waiting[]> {
  const key = rows.every((row) => opened.has(row.id)) ? null : await deviceKey();
  return Promise.all(
    rows.map(async ({ wire, ...row }) => {
      const item = opened.get(row.id) ?? JSON.parse(await decryptText(key as CryptoKey, wire));
      opened.set(row.id, item);
      return { ...row, item };
    }),
  );
}

/** Says on screen which items are on their way now. */
export function markSending(ids: string[]): void {
  underWay.clear();
  for (const id of ids) underWay.add(id);
  tell("items");
}

/** Notes what the server said of each item; of what it did not name nothing changes. */
export async function settle(outcomes: Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await write(LANDING, (transaction) => settleIn(transaction, outcomes));
  tell("items");
}

/** The same, within the transaction of a whole answer. */
export async function settleIn(transaction: Landing, outcomes: Outcome[]): Promise<void> {
  const items = transaction.objectStore("items");
  // What is answered nearly always is what waits longest, so that one question finds it all.
  const waiting = items.index(ORDER).getAll(QUEUED, outcomes.length);
  const rows = new Map((await waiting).map((row) => [row.id, row]));
  const settled = await Promise.all(
    outcomes.map(async (outcome) => {
      const found = rows.get(outcome.id);
      // Named twice, an item keeps what was said first.
      rows.delete(outcome.id);
      const row = found ?? (await items.get(outcome.id));
      if (row?.state !== "queued") return;
      const now = settledRow(row, outcome);
      await items.put(now);
      return now;
    }),
  );
  await endAway(transaction, outcomes);
  const withdrawals = settled.flatMap((row) => (row?.kind === "withdrawal" ? row : []));
  await endWithdrawn(transaction, withdrawals);
}

/**
 * What was withdrawn goes when the server took the withdrawal. When it refuses that, the report may
 * be with the gemeente already; so it is sent after all, and its author reads that.
 */
async function endWithdrawn(transaction: Landing, withdrawals: ItemRow[]): Promise<void> {
  if (withdrawals.length === 0) return;
  const items = transaction.objectStore("items");
  const withdrawn = await items.index(ORDER).getAll(beginning("withdrawn"));
  const [done, back] = (["acknowledged", "look"] as const).map((state) => {
    const of = withdrawals.flatMap((row) => (row.state === state ? row.parent : []));
    return withdrawn.filter(({ id, parent }) => of.includes(id) || of.includes(parent));
  }) as [ItemRow[], ItemRow[]];
  await Promise.all(done.map(({ id }) => items.delete(id)));
  await Promise.all(back.map((row) => items.put({ ...row, state: "queued" })));
  await noteAway(transaction, back);
}

function settledRow(row: ItemRow, outcome: Outcome): ItemRow {
  const reason = outcome.reason ?? null;
  if (outcome.result === "stored" || outcome.result === "known") {
    const receipt = outcome.receipt ?? null;
    return { ...row, state: "acknowledged", receipt, reason, acknowledged_at: Date.now() };
  }
  return { ...row, state: "look", reason: reason ?? outcome.result };
}

/** The server was restored: what it confirmed in the last days is sent again. */
export async function sendAgain(): Promise<void> {
  await write(LANDING, sendAgainIn);
  tell("items");
}

/** The same, within the transaction of a whole answer. */
export async function sendAgainIn(transaction: Landing): Promise<void> {
  const items = transaction.objectStore("items");
  const rows = (await items.index(ORDER).getAll(beginning("acknowledged"))).filter(isKept);
  await Promise.all(rows.map((row) => items.put({ ...row, state: "queued" })));
  await noteAway(transaction, rows);
}

const isKept = (row: ItemRow) => Date.now() - (row.acknowledged_at ?? 0) < KEPT_DAYS * DAY;

/** Erases what the server confirmed longer ago than it could lose it. */
export async function tidy(): Promise<void> {
  await write(["items"], async (transaction) => {
    const index = transaction.objectStore("items").index(ORDER);
    let at = await index.openCursor(beginning("acknowledged"));
    for (; at; at = await at.continue()) if (!isKept(at.value)) await at.delete();
  });
}

/**
 * Takes an observation or addition back. What never left the phone is gone at once ("removed"); of
 * what may have left, the server is asked to take it back ("asked").
 */
export async function withdraw(id: string): Promise<"removed" | "asked"> {
  const mine = await inDb((db) => db.get("items", id));
  const by = mine?.by ?? current()?.id;
  if (!by) throw new Error("nobody is signed in to withdraw this");
  const made_at = new Date().toISOString();
  const item: WithdrawalItem = {
    kind: "withdrawal",
    id: crypto.randomUUID(),
    by,
    made_at,
    parent: id,
  };
  const row = await toRow(item);
  const result = await write(LANDING, async (transaction) => {
    if (!(await opens(transaction, row.wire))) return null;
    if (!(await takeBack(transaction, id, by))) return "removed" as const;
    await transaction.objectStore("items").put(row);
    return "asked" as const;
  });
  if (!result) return withdraw(id);
  tell("items");
  if (result === "asked") tellTab("added");
  return result;
}

/** With all that was added to it; tells whether the server is to be asked as well. */
async function takeBack(transaction: Landing, id: string, by: string): Promise<boolean> {
  const items = transaction.objectStore("items");
  const away = await readAway(transaction);
  const kept = await items.get(id);
  const related = (await rowsOf(items, by)).filter(({ parent }) => parent === id);
  const added = related.filter(({ kind }) => kind === "addition");
  const refused = related.filter(({ kind, state }) => kind === "withdrawal" && state === "look");
  await Promise.all(refused.map((one) => items.delete(one.id)));
  const all = kept ? [kept, ...added] : added;
  const left = all.filter((one) => mayHaveLeft(one, away));
  await Promise.all(all.map((one) => left.includes(one) || items.delete(one.id)));
  if (kept && !left.includes(kept)) return false;
  // Without its report an addition would only come to the desk as something nobody can place.
  const waiting = left.filter(({ state }) => state !== "acknowledged");
  await Promise.all(waiting.map((one) => items.put({ ...one, state: "withdrawn" })));
  await endAway(transaction, waiting);
  return true;
}

function mayHaveLeft({ id, state, reason }: ItemRow, away: ReadonlySet<string>): boolean {
  if (state === "queued") return away.has(id);
  // Of what the server will not have it kept nothing; in conflict it has something of that name.
  return state !== "look" || reason === "conflict";
}

/** Erases an item the server will not have, after its author said so. */
export async function discard(id: string): Promise<void> {
  await write(["items"], async (transaction) => {
    const items = transaction.objectStore("items");
    if ((await items.get(id))?.state === "look") await items.delete(id);
  });
  tell("items");
}

/** The item as a file, still sealed, to hand over in another way. */
export async function exportFile(id: string): Promise<Blob> {
  const row = await inDb((db) => db.get("items", id));
  if (!row) throw new Error("there is no such item on this device");
  return new Blob([await decryptText(await deviceKey(), row.wire)], { type: "application/json" });
}
