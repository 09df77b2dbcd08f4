/** Who this device is to the server: an id made once, and the key with which it may deliver. */
import { type Encrypted, inDb } from "./db";
import { decryptText, deviceKey, encryptText } from "./vault";

export function deviceId(): Promise<string> {
  const fresh = crypto.randomUUID();
  return inDb(async (db) => {
    const transaction = db.transaction("meta", "readwrite", { durability: "strict" });
    const kept = await transaction.store.get("device");
    if (kept === undefined) await transaction.store.put(fresh, "device");
    await transaction.done;
    return (kept as string | undefined) ?? fresh;
  });
}

export async function deliveryKey(): Promise<string | null> {
  const kept = await inDb((db) => db.get("keys", "delivery"));
  return kept ? decryptText(await deviceKey(), kept as Encrypted) : null;
}

export async function keepDeliveryKey(key: string): Promise<void> {
  const kept = await encryptText(await deviceKey(), key);
  await inDb(async (db) => {
    const transaction = db.transaction("keys", "readwrite", { durability: "strict" });
    await Promise.all([transaction.store.put(kept, "delivery"), transaction.done]);
  });
}
