/** What waits to be sent. An item that was added is sent once, or stays here to be looked at. */
import { type ItemRow, inDb, write } from "./db";
import { settled } from "./drafts";
import { listen, tell, tellTab } from "./listeners";
import { current, onChange as onSession } from "./session";
import type { Item, Outcome, WithdrawalItem } from "./types";
import { decryptText, deviceKey, encryptText } from "./vault";

const DAY = 86_400_000;
const KEPT_DAYS = 7;

/** A row with the item as it is sent; its text stays sealed. */
export type Waiting = Omit<ItemRow, "wire"> & { item: Item };

/** One item as it goes over the line: the same text at every try. */
export interface Parcel {
  id: string;
  text: string;
}

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
  await write(["items", "drafts"], async (transaction) => {
    const items = transaction.objectStore("items");
    if (!(await items.get(row.id))) await items.put(row);
    if (draftId === undefined) return;
    await transaction.objectStore("drafts").delete([item.by, "form", draftId]);
    await transaction.objectStore("drafts").delete([item.by, "choice", draftId]);
  });
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
    tried: false,
    wire: await encryptText(await deviceKey(), text),
    receipt: null,
    reason: null,
    acknowledged_at: null,
  };
}

/** How much of this person waits to be sent; of everybody when nobody is signed in. */
export async function count(by: string | undefined = current()?.id): Promise<number> {
  if (!by) return total();
  return inDb((db) => db.countFromIndex("items", "by,state", IDBKeyRange.only([by, "queued"])));
}

/** How much waits on this device, whoever's it is. */
export async function total(): Promise<number> {
  return inDb((db) => db.countFromIndex("items", "state,made_at", inState("queued")));
}

/** The items that wait to be sent, oldest first. */
export async function waiting(by: string | undefined = current()?.id): Promise<Waiting[]> {
  const rows = await inDb((db) => db.getAllFromIndex("items", "state,made_at", inState("queued")));
  return readAll(rows.filter((row) => !by || row.by === by));
}

/** Everything of this person that is still on the device, sent or not. */
export async function all(by: string): Promise<Waiting[]> {
  return readAll(await inDb((db) => db.getAllFromIndex("items", "by", by)));
}

const inState = (state: ItemRow["state"]) => IDBKeyRange.bound([state], [state, []]);

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

/**
 * Takes the oldest items that fit in one request and notes, before anything leaves, that they may
 * have left. Ids in `skip` are passed over.
 */
export async function take(
  most: number,
  bytes: number,
  skip: ReadonlySet<string> = new Set(),
): Promise<Parcel[]> {
  const rows = await write(["items"], async (transaction) => {
    const taken: ItemRow[] = [];
    let room = bytes;
    const index = transaction.objectStore("items").index("state,made_at");
    let at = await index.openCursor(inState("queued"));
    for (; at && taken.length < most; at = await at.continue()) {
      if (skip.has(at.value.id)) continue;
      // The first one goes whatever its size, so that the server can say that it is too large.
      if (taken.length > 0 && at.value.size > room) break;
      room -= at.value.size + 1;
      if (!at.value.tried) await at.update({ ...at.value, tried: true });
      taken.push(at.value);
    }
    return taken;
  });
  const key = await deviceKey();
  return Promise.all(
    rows.map(async (row) => ({ id: row.id, text: await decryptText(key, row.wire) })),
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
  await write(["items"], async (transaction) => {
    const items = transaction.objectStore("items");
    for (const outcome of outcomes) {
      const row = await items.get(outcome.id);
      if (row?.state !== "queued") continue;
      await items.put(settledRow(row, outcome));
      const arrived = outcome.result === "stored" || outcome.result === "known";
      if (row.kind !== "withdrawal" || !arrived) continue;
      const parent = await items.get(row.parent);
      if (parent?.state === "withdrawn") await items.delete(parent.id);
    }
  });
  tell("items");
}

function settledRow(row: ItemRow, outcome: Outcome): ItemRow {
  const reason = outcome.reason ?? null;
  if (outcome.result === "stored" || outcome.result === "known") {
    const receipt = outcome.receipt ?? null;
    return { ...row, state: "acknowledged", receipt, reason, acknowledged_at: Date.now() };
  }
  return { ...row, state: "look", reason: reason ?? outcome.result };
}

/** An item that cannot be sent as it is, such as one that is too large. */
export const markLook = (id: string, reason: string): Promise<void> =>
  settle([{ id, result: "refused", reason }]);

/** The server was restored: what it confirmed in the last days is sent again. */
export async function sendAgain(): Promise<void> {
  await write(["items"], async (transaction) => {
    const index = transaction.objectStore("items").index("state,made_at");
    let at = await index.openCursor(inState("acknowledged"));
    for (; at; at = await at.continue()) {
      if (isKept(at.value)) await at.update({ ...at.value, state: "queued" });
    }
  });
  tell("items");
}

const isKept = (row: ItemRow) => Date.now() - (row.acknowledged_at ?? 0) < KEPT_DAYS * DAY;

/** Erases what the server confirmed longer ago than it could lose it. */
export async function tidy(): Promise<void> {
  await write(["items"], async (transaction) => {
    const index = transaction.objectStore("items").index("state,made_at");
    let at = await index.openCursor(inState("acknowledged"));
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
  const result = await write(["items"], async (transaction) => {
    const items = transaction.objectStore("items");
    const kept = await items.get(id);
    if (kept && !mayHaveLeft(kept)) {
      await items.delete(id);
      const related = items.index("by");
      for (let at = await related.openCursor(by); at; at = await at.continue()) {
        if (at.value.parent === id && !mayHaveLeft(at.value)) await at.delete();
      }
      return "removed" as const;
    }
    if (kept && kept.state !== "acknowledged") await items.put({ ...kept, state: "withdrawn" });
    await items.put(row);
    return "asked" as const;
  });
  tell("items");
  if (result === "asked") tellTab("added");
  return result;
}

const mayHaveLeft = (row: ItemRow) =>
  row.tried && !(row.state === "look" && row.reason !== "conflict");

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
