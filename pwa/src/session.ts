/** Who is signed in on this device. An expired session blocks no reading, recording or delivering. */
import * as api from "./api";
import { deleteMeta, type Encrypted, eraseAll, inDb, readMeta, write, writeMeta } from "./db";
import { deliveryKey, deviceId, keepDeliveryKey } from "./device";
import { listen, tellOthers, tellTab } from "./listeners";
import { whenSignedOut } from "./request";
import type { Person, Session } from "./types";
import { decrypt, deviceKey, encrypt, forget, makePersonKey, opens } from "./vault";

export type SessionState = "in" | "expired" | "out";

interface Kept {
  person: Person;
  push_key: string;
  expired: boolean;
  elsewhere?: number;
}

const STORED = "session stored";
let kept: Kept | null = null;

export const current = (): Person | null => kept?.person ?? null;
export const state = (): SessionState => (kept ? (kept.expired ? "expired" : "in") : "out");
export const pushKey = (): string | null => kept?.push_key ?? null;
/** What this person's other devices still held when they were last heard of. */
export const unsentElsewhere = (): number => kept?.elsewhere ?? 0;
export const onChange = (fn: () => void) => listen("session", fn);

/** Reads who was signed in here; needs no network. */
export async function load(): Promise<void> {
  const [row, key] = await inDb((db) => {
    const transaction = db.transaction(["meta", "keys"]);
    return Promise.all([
      transaction.objectStore("meta").get("session"),
      transaction.objectStore("keys").get("device"),
    ]);
  });
  kept = row ? await decrypt<Kept>(key as CryptoKey, row as Encrypted) : null;
}

// Another tab may have signed in or out.
listen(STORED, () => void load().then(() => tellTab("session")));

whenSignedOut(() => void expire());

async function store(next: Kept): Promise<void> {
  if (JSON.stringify(next) === JSON.stringify(kept)) return;
  kept = next;
  const row = await encrypt(await deviceKey(), next);
  await write(["meta", "keys"], async (transaction) => {
    // Of a device that was emptied meanwhile nothing is signed in any more.
    if (await opens(transaction, row)) await transaction.objectStore("meta").put(row, "session");
    else kept = null;
  });
  tellTab("session");
  tellOthers(STORED);
}

async function remember(session: Session): Promise<void> {
  const before = current()?.id;
  if (before && before !== session.person.id) await forget(before);
  await makePersonKey(session.person.id);
  const { person, push_key, unsent_elsewhere: elsewhere = 0 } = session;
  await store({ person, push_key, expired: false, elsewhere });
}

/** Asks the server whether the session still stands; without an answer nothing changes. */
export async function check(): Promise<SessionState> {
  try {
    if (await readMeta("sign out")) await finishSignOut();
    if (kept) await remember(await api.session());
  } catch (error) {
    // A 401 has been noted by now; without any other answer we stay with what we knew.
    if (!(error instanceof api.ApiError)) throw error;
  }
  return state();
}

/** The server said that nobody is signed in. */
export async function expire(): Promise<void> {
  if (kept && !kept.expired) await store({ ...kept, expired: true });
}

/** This device, as it presents itself to who lets somebody in. */
export type Caller = Pick<api.SignIn, "device" | "app_version">;

/** Comes in the way `ask` does, and remembers who it was; fails with an ApiError. */
export async function enter(
  ask: (caller: Caller, deliveryKey: string | null) => Promise<api.SignedIn>,
): Promise<Person> {
  const caller = { device: await deviceId(), app_version: __APP_VERSION__ };
  const answer = await ask(caller, await deliveryKey());
  if (answer.delivery_key) await keepDeliveryKey(answer.delivery_key);
  await deleteMeta("sign out");
  await remember(answer);
  return answer.person;
}

/** Signs in with an invitation's token or the code that was typed over. */
export const signIn = (by: { invitation: string } | { code: string }): Promise<Person> =>
  enter((caller, key) => api.signIn({ ...by, ...caller }, key));

/**
 * Erases the person's key, list and drafts here at once; the server hears of it now, or as soon as
 * it can be reached. What waits to be sent stays, unreadable, and is still sent.
 */
export async function signOut(): Promise<void> {
  const person = current();
  await writeMeta("sign out", true);
  await deleteMeta("session");
  if (person) await forget(person.id);
  kept = null;
  tellTab("session");
  tellOthers(STORED);
  try {
    await finishSignOut();
  } catch (error) {
    // Without network `check` does it later.
    if (!(error instanceof api.ApiError)) throw error;
  }
}

async function finishSignOut(): Promise<void> {
  await api.signOut();
  await deleteMeta("sign out");
}

/** Empties a device that was revoked, once nothing waits on it any more. */
export async function wipe(): Promise<void> {
  if (!(await eraseAll())) return;
  kept = null;
  tellTab("session");
  tellOthers(STORED);
}
