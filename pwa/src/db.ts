/** The phone's store: its shape, its upgrades, and a connection that comes back when it was lost. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, unwrap } from "idb";
import type { ItemKind } from "./types";

/** What AES-GCM leaves on disk. */
export interface Encrypted {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/**
 * queued: to be sent. acknowledged: the server has it. look: the server will not have it like this.
 * withdrawn: taken back by its author after it may have left the phone; never sent again.
 */
export type ItemState = "queued" | "acknowledged" | "look" | "withdrawn";

export interface ItemRow {
  id: string;
  by: string;
  kind: ItemKind;
  parent: string;
  state: ItemState;
  made_at: string;
  size: number;
  wire: Encrypted;
  receipt: string | null;
  reason: string | null;
  acknowledged_at: number | null;
}

export interface MineRow {
  by: string;
  id: string;
  seen: boolean;
  snapshot: Encrypted;
}

export type DraftKind = "form" | "choice";

export interface DraftRow {
  by: string;
  kind: DraftKind;
  card: string;
  saved_at: number;
  form: Encrypted;
}

export interface ContentRow {
  name: "cards" | "areas";
  etag: string | null;
  body: unknown;
}

export interface Schema extends DBSchema {
  items: {
    key: string;
    value: ItemRow;
    indexes: { "state,by,made_at": [ItemState, string, string] };
  };
  mine: { key: [string, string]; value: MineRow };
  drafts: { key: [string, DraftKind, string]; value: DraftRow };
  /** Keys, each with its id beside it, and the delivery key, sealed. */
  keys: { key: string; value: CryptoKey | Encrypted | string };
  meta: { key: string; value: unknown };
  content: { key: string; value: ContentRow };
}

export type Db = IDBPDatabase<Schema>;
export type StoreName = "items" | "mine" | "drafts" | "keys" | "meta" | "content";
export const STORES: StoreName[] = ["items", "mine", "drafts", "keys", "meta", "content"];

/** What one answer of the server touches. */
export const LANDING: ["items", "mine", "meta", "keys"] = ["items", "mine", "meta", "keys"];
export type Landing = IDBPTransaction<Schema, typeof LANDING, "readwrite">;

/** Where there is something of a person's own. */
export const OWN: ["keys", "mine", "drafts", "meta"] = ["keys", "mine", "drafts", "meta"];
export type Own = IDBPTransaction<Schema, typeof OWN, "readwrite">;

/** In an index or a store: all whose key begins with these. */
export const beginning = (...parts: string[]) => IDBKeyRange.bound(parts, [...parts, []]);
/** The key of the outbox; its id stands beside it. */
export const DEVICE_KEY = "device";
/** The index of the items. */
export const ORDER = "state,by,made_at";
/** In that index: what waits to be sent, oldest first for each person. */
export const QUEUED = beginning("queued");

// Each entry takes the store one version further; an entry that was released never changes. They
// speak of what earlier versions had, which the schema of today does not know.
const UPGRADES: ((db: IDBDatabase, transaction: IDBTransaction) => void)[] = [
  (db) => {
    const items = db.createObjectStore("items", { keyPath: "id" });
    items.createIndex("state,made_at", ["state", "made_at"]);
    items.createIndex("by,state", ["by", "state"]);
    items.createIndex("by", "by");
    db.createObjectStore("mine", { keyPath: ["by", "id"] }).createIndex("by", "by");
    db.createObjectStore("drafts", { keyPath: ["by", "kind", "card"] }).createIndex("by", "by");
    db.createObjectStore("keys");
    db.createObjectStore("meta");
    db.createObjectStore("content", { keyPath: "name" });
  },
  // Every index makes every change of a row slower, and one answers all that is asked of the items.
  (_db, transaction) => {
    const items = transaction.objectStore("items");
    for (const store of [items, transaction.objectStore("mine"), transaction.objectStore("drafts")])
      for (const name of [...store.indexNames]) store.deleteIndex(name);
    items.createIndex("state,by,made_at", ["state", "by", "made_at"]);
    // That an item may have left stood in its own row.
    items.getAll().onsuccess = ({ target }) => {
      const rows = (target as IDBRequest<(ItemRow & { tried?: boolean })[]>).result;
      const away = rows.filter(({ state, tried }) => tried && state === "queued");
      transaction.objectStore("meta").put(
        away.map(({ id }) => id),
        "away",
      );
    };
  },
];

/** There is no room on this device; nothing was stored and nothing was lost. */
export class NoRoom extends Error {
  override name = "NoRoom";
}

const NAME = "signaalkaart";
let connection: Promise<Db> | null = null;
let onBlocked: () => void = () => {};

/** `fn` hears that another tab with an older version keeps the store from being upgraded. */
export function whenBlocked(fn: () => void): void {
  onBlocked = fn;
}

export function open(): Promise<Db> {
  connection ??= openDB<Schema>(NAME, UPGRADES.length, {
    upgrade(db, from, _to, transaction) {
      for (const upgrade of UPGRADES.slice(from)) upgrade(unwrap(db), unwrap(transaction));
    },
    blocked: () => onBlocked(),
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      connection = null;
    },
    terminated() {
      connection = null;
    },
  }).catch((error: unknown) => {
    connection = null;
    throw error;
  });
  return connection;
}

/**
 * Runs `work`, once more on a fresh connection when the first was lost behind our back, as iOS does
 * with an app that slept. So `work` must be repeatable.
 */
export async function inDb<T>(work: (db: Db) => Promise<T>): Promise<T> {
  try {
    return await work(await open());
  } catch (error) {
    if (isLost(error)) {
      connection = null;
      return await work(await open()).catch(rethrow);
    }
    return rethrow(error);
  }
}

function isLost(error: unknown): boolean {
  const name = (error as Error | undefined)?.name;
  return name === "InvalidStateError" || name === "UnknownError";
}

function rethrow(error: unknown): never {
  if ((error as Error | undefined)?.name === "QuotaExceededError") {
    throw new NoRoom("no room on this device", { cause: error });
  }
  throw error;
}

/**
 * Runs `work` in one transaction over `stores`: all of it is on disk when this resolves, or nothing
 * is. With durability "relaxed" the system may lose it when the power fails: only for what is
 * harmless to lose.
 */
export function write<const Names extends StoreName[], T>(
  stores: Names,
  work: (transaction: IDBPTransaction<Schema, Names, "readwrite">) => Promise<T>,
  durability: "strict" | "relaxed" = "strict",
): Promise<T> {
  return inDb(async (db) => {
    const transaction = db.transaction(stores, "readwrite", { durability });
    const [result] = await Promise.all([orAbort(transaction, work), transaction.done]).catch(
      (error: unknown) => {
        throw transaction.error ?? error;
      },
    );
    return result;
  });
}

async function orAbort<Transaction extends { abort(): void }, T>(
  transaction: Transaction,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  try {
    return await work(transaction);
  } catch (error) {
    // A request that failed has aborted it already; an error of our own has not.
    if (!(error instanceof DOMException)) transaction.abort();
    throw error;
  }
}

export function readMeta<T>(key: string): Promise<T | undefined> {
  return inDb(async (db) => (await db.get("meta", key)) as T | undefined);
}

export async function writeMeta(key: string, value: unknown): Promise<void> {
  await write(["meta"], (transaction) => transaction.objectStore("meta").put(value, key));
}

export async function deleteMeta(key: string): Promise<void> {
  await write(["meta"], (transaction) => transaction.objectStore("meta").delete(key));
}

/**
 * Empties every store, for a device that was revoked, and says whether it did: what was added while
 * the server's word was on its way is sent first. What the server would not have is nowhere else, so
 * that stays, sealed as it is, with the key by which its author can hand it over.
 */
export async function eraseAll(): Promise<boolean> {
  return write(STORES, async (transaction) => {
    const items = transaction.objectStore("items");
    const keys = transaction.objectStore("keys");
    if ((await items.index(ORDER).count(QUEUED)) > 0) return false;
    const refused = await items.index(ORDER).getAll(beginning("look"));
    const [key, id] = [await keys.get(DEVICE_KEY), await keys.get(`${DEVICE_KEY}:id`)];
    for (const name of STORES) await transaction.objectStore(name).clear();
    for (const row of refused) await items.put(row);
    if (refused.length > 0 && key && id) {
      await keys.put(key, DEVICE_KEY);
      await keys.put(id, `${DEVICE_KEY}:id`);
    }
    return true;
  });
}
