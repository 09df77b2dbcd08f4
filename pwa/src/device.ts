/** Who this device is to the server: an id made once, and the key with which it may deliver. */
import { type Encrypted, inDb, write } from "./db";
import { decryptText, deviceKey, encryptText } from "./vault";

export function deviceId(): Promise<string> {
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
  const kept = await inDb((db) => db.get("keys", "delivery"));
  return kept ? decryptText(await deviceKey(), kept as Encrypted) : null;
}

export async function keepDeliveryKey(key: string): Promise<void> {
  const kept = await encryptText(await deviceKey(), key);
  await write(["keys"], (transaction) => transaction.objectStore("keys").put(kept, "delivery"));
}
