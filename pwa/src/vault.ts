/** Keys that cannot leave this device, and what is kept under them. */
import { type Encrypted, inDb, write } from "./db";

const ALGORITHM = { name: "AES-GCM", length: 256 } as const;

/** The person signed out, or the device was emptied: what was kept under the key is gone. */
export class KeyGone extends Error {
  override name = "KeyGone";
}

/** The key under which the outbox waits. It survives signing out, so that delivery never strands. */
export function deviceKey(): Promise<CryptoKey> {
  return makeOnce("device");
}

/** Makes the key of somebody who signs in here. */
export function makePersonKey(person: string): Promise<CryptoKey> {
  return makeOnce(`person:${person}`);
}

/** The key of somebody who is signed in here; fails after signing out. */
export async function personKey(person: string): Promise<CryptoKey> {
  const key = await inDb((db) => db.get("keys", `person:${person}`));
  if (!(key instanceof CryptoKey)) throw new KeyGone("no key for this person on this device");
  return key;
}

// Making a key takes time outside the transaction, so two tabs may both make one: the first stays.
async function makeOnce(name: string): Promise<CryptoKey> {
  const kept = await inDb((db) => db.get("keys", name));
  if (kept instanceof CryptoKey) return kept;
  const fresh = await crypto.subtle.generateKey(ALGORITHM, false, ["encrypt", "decrypt"]);
  return write(["keys"], async (transaction) => {
    const keys = transaction.objectStore("keys");
    const first = await keys.get(name);
    if (first instanceof CryptoKey) return first;
    await keys.put(fresh, name);
    return fresh;
  });
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
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

/**
 * Erases the person's key with everything kept under it. The outbox stays: it is not readable, and
 * what was promised to be sent is sent.
 */
export async function forget(person: string): Promise<void> {
  await write(["keys", "mine", "drafts", "meta"], async (transaction) => {
    await transaction.objectStore("keys").delete(`person:${person}`);
    for (const store of ["mine", "drafts"] as const) {
      const rows = transaction.objectStore(store).index("by");
      for (let at = await rows.openCursor(person); at; at = await at.continue()) await at.delete();
    }
    await transaction.objectStore("meta").delete(`cursor:${person}`);
  });
}
