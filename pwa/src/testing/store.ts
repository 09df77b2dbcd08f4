/** A store as an earlier version of the app left it on a phone, put back into a fresh database. */
import { type IDBPDatabase, openDB } from "idb";
import type { Encrypted, ItemRow } from "../db";

interface KeptStore {
  name: string;
  keyPath: string | string[] | null;
  indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
  /** Where the key is not in the row itself. */
  keys?: string[];
  rows: unknown[];
}

/** Written by `tests/browser/kept_store.py`; what JSON cannot hold is tagged. */
export interface Kept {
  version: number;
  /** When it was written down. */
  at: number;
  stores: KeptStore[];
  draft: { card: string; text: string };
  /** An observation that waits to be sent. */
  report: string;
}

const files = import.meta.glob<Kept>("./stores/*.json", { eager: true, import: "default" });

/** What each version of the app left, by the number of that version. */
export const KEPT = new Map(
  Object.entries(files).map(([file, kept]) => [/([\d.]+)\.json$/.exec(file)?.[1] ?? "", kept]),
);

/** Makes the database of that version, with everything in it; keys again cannot leave it. */
export async function putBack(kept: Kept): Promise<void> {
  const db = await openDB("signaalkaart", kept.version, {
    upgrade(fresh) {
      for (const { name, keyPath, indexes } of kept.stores) {
        const store = fresh.createObjectStore(name, { keyPath });
        for (const { name, keyPath, unique, multiEntry } of indexes)
          store.createIndex(name, keyPath, { unique, multiEntry });
      }
    },
  });
  for (const store of kept.stores) await fill(db, store);
  db.close();
}

async function fill(db: IDBPDatabase, { name, keys, rows }: KeptStore): Promise<void> {
  const values = await Promise.all(rows.map(revive));
  const transaction = db.transaction(name, "readwrite");
  for (const [number, value] of values.entries())
    await transaction.store.put(value, keys?.[number]);
  await transaction.done;
}

async function revive(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(revive));
  if (typeof value !== "object" || value === null) return value;
  const { $key, $bytes, $buffer } = value as Record<string, unknown>;
  if (typeof $bytes === "string") return fromBase64($bytes);
  if (typeof $buffer === "string") return fromBase64($buffer).buffer;
  if (typeof $key === "string") {
    const uses: KeyUsage[] = ["encrypt", "decrypt"];
    return crypto.subtle.importKey("raw", fromBase64($key), "AES-GCM", false, uses);
  }
  const parts = Object.entries(value).map(async ([name, part]) => [name, await revive(part)]);
  return Object.fromEntries(await Promise.all(parts));
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

/** What the app kept under a name in `meta`. */
export function metaOf(kept: Kept, name: string): unknown {
  const meta = kept.stores.find((store) => store.name === "meta");
  return meta?.rows[meta.keys?.indexOf(name) ?? -1];
}

/** The texts that wait to be sent in it, by id, read without any code of the app. */
export async function waitingTexts(kept: Kept): Promise<Map<string, string>> {
  const rows = (await rowsOf(kept, "items")) as ItemRow[];
  const keyRows = await rowsOf(kept, "keys");
  const keys = kept.stores.find(({ name }) => name === "keys")?.keys ?? [];
  const key = keyRows[keys.indexOf("device")] as CryptoKey;
  const queued = rows.filter(({ state }) => state === "queued");
  return new Map(
    await Promise.all(
      queued.map(async ({ id, wire }): Promise<[string, string]> => [id, await read(key, wire)]),
    ),
  );
}

async function rowsOf(kept: Kept, store: string): Promise<unknown[]> {
  const rows = kept.stores.find(({ name }) => name === store)?.rows ?? [];
  return Promise.all(rows.map(revive));
}

async function read(key: CryptoKey, { iv, data }: Encrypted): Promise<string> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
  return new TextDecoder().decode(plain);
}
