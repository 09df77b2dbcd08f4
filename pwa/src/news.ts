/** Which version somebody last used here, to tell once what is new since then. */
import { readMeta, writeMeta } from "./db";
import { listen, tell } from "./listeners";

const KEY = "seen version";

export const onChange = (fn: () => void) => listen("news", fn);

/** The version whose news was seen last, when this one is another. On a first visit nothing is new. */
export async function since(): Promise<string | null> {
  const seen = await readMeta<string>(KEY);
  if (seen === undefined) await writeMeta(KEY, __APP_VERSION__);
  return seen === undefined || seen === __APP_VERSION__ ? null : seen;
}

/** The news was read, or put away. */
export async function markSeen(): Promise<void> {
  await writeMeta(KEY, __APP_VERSION__);
  tell("news");
}
