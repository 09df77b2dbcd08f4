/** Asking the system not to clear what is kept here. */
import { readMeta, writeMeta } from "./db";

const KEY = "persisted";

/** What the system answered; null when it was not asked yet. */
export async function answer(): Promise<boolean | null> {
  return (await readMeta<boolean>(KEY)) ?? null;
}

/** Asks, unless it was granted before. To call after the first save, from a tap. */
export async function ask(): Promise<boolean> {
  if (!navigator.storage?.persist) return false;
  const granted = (await navigator.storage.persisted()) || (await navigator.storage.persist());
  await writeMeta(KEY, granted);
  return granted;
}
