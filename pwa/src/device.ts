/** Who this device is to the server: an id made once, and the key with which it may deliver. */
import { type Encrypted, inDb, readMeta, write } from "./db";
import { decryptText, deviceKey, encryptText, opens } from "./vault";

export async function deviceId(): Promise<string> {
  const known = await readMeta("device");
  if (typeof known === "string") return known;
  const fresh = crypto.randomUUID();
  return write(["meta"], async (transaction) => {
    const meta = transaction.objectStore("meta");
    const kept = await meta.get("device");
    if (typeof kept === "string") return kept;
    await meta.put(fresh, "device");
    return fresh;
  });
}

export async function deliveryKey(): Promise<string | null> {
  return openDeliveryKey(await inDb((db) => db.get("keys", "delivery")));
}

let opened: { iv: string; key: string } | undefined;

/** The key in this row. It is opened once: the same iv means that it is the same key. */
export async function openDeliveryKey(row: unknown) {
  if (!row) return null;
  const kept = row as Encrypted;
  const iv = kept.iv.join();
  if (opened?.iv !== iv) opened = { iv, key: await decryptText(await deviceKey(), kept) };
  return opened.key;
}

export async function keepDeliveryKey(key: string): Promise<void> {
  const kept = await encryptText(await deviceKey(), key);
  const isKept = await write(["keys"], async (transaction) => {
    if (!(await opens(transaction, kept))) return false;
    await transaction.objectStore("keys").put(kept, "delivery");
    return true;
  });
  // The device was emptied meanwhile, and has another key.
  if (!isKept) await keepDeliveryKey(key);
}
