/** Keys that cannot leave this device, and what is kept under them. */
import { beginning, DEVICE_KEY, type Encrypted, inDb, type Own, write } from "./db";

const ALGORITHM = { name: "AES-GCM", length: 256 } as const;

/** The person signed out, or the device was emptied: what was kept under the key is gone. */
export class KeyGone extends Error {
  override name = "KeyGone";
}

// A key of the same name may have been made anew since; only its id tells the two apart.
const ids = new WeakMap<CryptoKey, { name: string; id: unknown }>();
const keyOf = new WeakMap<Encrypted, CryptoKey>();
const idOf = (name: string) => `${name}:id`;

interface WithKeys {
  objectStore(name: "keys"): { get(key: string): Promise<unknown> };
}

/**
 * Whether what was encrypted here can still be opened: the person may have signed out meanwhile, or
 * the device was emptied, and there may be another key since. Asked in the transaction that writes
 * it, so that nothing is kept that nobody can read.
 */
export async function opens(transaction: WithKeys, kept: Encrypted): Promise<boolean> {
  const key = keyOf.get(kept);
  const made = key && ids.get(key);
  if (!made) return false;
  const keys = transaction.objectStore("keys");
  const [there, id] = await Promise.all([keys.get(made.name), keys.get(idOf(made.name))]);
  return there instanceof CryptoKey && id === made.id;
}

/** What tells this time that a person is in from the next one, after signing out in between. */
export const signInOf = (transaction: WithKeys, person: string): Promise<unknown> =>
  transaction.objectStore("keys").get(idOf(`person:${person}`));

/** The key under which the outbox waits. It survives signing out, so that delivery never strands. */
export function deviceKey(): Promise<CryptoKey> {
  return makeOnce(DEVICE_KEY);
}

/** Makes the key of somebody who signs in here. */
export function makePersonKey(person: string): Promise<CryptoKey> {
  return makeOnce(`person:${person}`);
}

/** The key of somebody who is signed in here; fails after signing out. */
export async function personKey(person: string): Promise<CryptoKey> {
  const key = await find(`person:${person}`);
  if (!key) throw new KeyGone("no key for this person on this device");
  return key;
}

// Making a key takes time outside the transaction, so two tabs may both make one: the first stays.
async function makeOnce(name: string): Promise<CryptoKey> {
  const kept = await find(name);
  if (kept) return kept;
  const fresh = await crypto.subtle.generateKey(ALGORITHM, false, ["encrypt", "decrypt"]);
  const made = await write(["keys"], async (transaction) => {
    const keys = transaction.objectStore("keys");
    if ((await keys.get(name)) instanceof CryptoKey) return null;
    const id = crypto.randomUUID();
    await keys.put(fresh, name);
    await keys.put(id, idOf(name));
    return { name, id };
  });
  if (!made) return makeOnce(name);
  ids.set(fresh, made);
  return fresh;
}

async function find(name: string): Promise<CryptoKey | null> {
  const [key, id] = await inDb((db) => {
    const keys = db.transaction(["keys"]).objectStore("keys");
    return Promise.all([keys.get(name), keys.get(idOf(name))]);
  });
  if (!(key instanceof CryptoKey)) return null;
  ids.set(key, { name, id });
  return key;
}

export async function encrypt(key: CryptoKey, value: unknown): Promise<Encrypted> {
  return encryptBytes(key, new TextEncoder().encode(JSON.stringify(value)));
}

export async function decrypt<T>(key: CryptoKey, kept: Encrypted): Promise<T> {
  return JSON.parse(await decryptText(key, kept)) as T;
}

/** For what must come back byte for byte. */
export function encryptText(key: CryptoKey, text: string): Promise<Encrypted> {
  return encryptBytes(key, new TextEncoder().encode(text));
}

export async function decryptText(key: CryptoKey, kept: Encrypted): Promise<string> {
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.data);
  return new TextDecoder().decode(bytes);
}

async function encryptBytes(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Encrypted> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const kept = { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
  keyOf.set(kept, key);
  return kept;
}

/**
 * Erases the person's key with everything kept under it. The outbox stays: it is not readable, and
 * what was promised to be sent is sent.
 */
export async function forget(transaction: Own, person: string): Promise<void> {
  await transaction.objectStore("keys").delete(`person:${person}`);
  await transaction.objectStore("keys").delete(idOf(`person:${person}`));
  for (const store of ["mine", "drafts"] as const) {
    await transaction.objectStore(store).delete(beginning(person));
  }
  await transaction.objectStore("meta").delete(`cursor:${person}`);
}
