/** Who is signed in on this device. An expired session blocks no reading, recording or delivering. */
import * as api from "./api";
import { deleteMeta, type Encrypted, eraseAll, inDb, OWN, readMeta, write, writeMeta } from "./db";
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

// As long as this mark is there, somebody may be in of whom this phone never heard: true while a
// sign-in is under way, a name of its own once its answer was cut.
const ENTERING = "entering";
type Entering = string | true;

const STORED = "session stored";
let kept: Kept | null = null;
// What is read from disk says nothing any more once somebody came or went meanwhile.
let turn = 0;
// The last sign-out that this tab told the server, or is telling it.
let leaving: Promise<void> | undefined;

function become(next: Kept | null): void {
  turn += 1;
  kept = next;
}

export const current = (): Person | null => kept?.person ?? null;
export const state = (): SessionState => (kept ? (kept.expired ? "expired" : "in") : "out");
export const pushKey = (): string | null => kept?.push_key ?? null;
/** What this person's other devices still held when they were last heard of. */
export const unsentElsewhere = (): number => kept?.elsewhere ?? 0;
export const onChange = (fn: () => void) => listen("session", fn);

/** Reads who was signed in here; needs no network. */
export async function load(): Promise<void> {
  const before = turn;
  const [row, key] = await inDb((db) => {
    const transaction = db.transaction(["meta", "keys"]);
    return Promise.all([
      transaction.objectStore("meta").get("session"),
      transaction.objectStore("keys").get("device"),
    ]);
  });
  const found = row ? await decrypt<Kept>(key as CryptoKey, row as Encrypted) : null;
  if (before === turn) kept = found;
}

// Another tab may have signed in or out.
listen(STORED, () => void load().then(() => tellTab("session")));

whenSignedOut(() => void expire());

async function store(next: Kept): Promise<void> {
  if (JSON.stringify(next) === JSON.stringify(kept)) return;
  become(next);
  const row = await encrypt(await deviceKey(), next);
  const isKept = await write(["meta", "keys"], async (transaction) => {
    const meta = transaction.objectStore("meta");
    // Whoever signed out meanwhile, here or in another tab, stays out: their key is gone.
    if (await meta.get("sign out")) return false;
    if (!(await transaction.objectStore("keys").getKey(`person:${next.person.id}`))) return false;
    // Of a device that was emptied nothing is signed in any more.
    if (!(await opens(transaction, row))) return false;
    await meta.put(row, "session");
    return true;
  });
  // Another tab may have had the disk read before this stood on it.
  if (isKept) become(next);
  else await load();
  tellTab("session");
  tellOthers(STORED);
}

async function remember(session: Session): Promise<void> {
  const before = current()?.id;
  if (before && before !== session.person.id) await leave(before, false);
  await makePersonKey(session.person.id);
  await store(toKept(session));
}

function toKept({ person, push_key, unsent_elsewhere: elsewhere = 0 }: Session): Kept {
  return { person, push_key, expired: false, elsewhere };
}

/**
 * Hears whose session came with a request. It is asked again when that is not who is shown here, as
 * after a sign-in whose answer never came, and when a sign-out may still have to be told.
 */
export async function hear(person: string | null): Promise<void> {
  const shown = state() === "in" ? current()?.id : null;
  if (state() === "out" || person !== shown) await check(person);
}

/**
 * Asks the server whose session stands, where there may be one: somebody is known here, or `heard`
 * of. Without an answer nothing changes.
 */
export async function check(heard: string | null = null): Promise<SessionState> {
  try {
    await finishSignOut();
    const before = current()?.id;
    if (before ?? heard) {
      const cut = await readMeta<Entering>(ENTERING);
      const answer = await api.session();
      // Of a sign-in that began after it was asked, or is still under way, this says nothing.
      if (cut !== true) await deleteIf(ENTERING, cut);
      // Whoever went meanwhile is not brought back, and whoever came is not sent away.
      if (before !== current()?.id) return state();
      // Who is another came in without the phone hearing of it.
      await (before === answer.person.id ? store(toKept(answer)) : remember(answer));
    }
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
  // Its answer takes the cookie away, whosever it is by then.
  await leaving?.catch(() => undefined);
  const caller = { device: await deviceId(), app_version: __APP_VERSION__ };
  await writeMeta(ENTERING, true);
  const answer = await ask(caller, await deliveryKey()).catch(async (error: unknown) => {
    await writeMeta(ENTERING, crypto.randomUUID());
    throw error;
  });
  if (answer.delivery_key) await keepDeliveryKey(answer.delivery_key);
  await deleteMeta("sign out");
  await deleteMeta(ENTERING);
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
  await leave(person?.id, true);
  become(null);
  tellTab("session");
  tellOthers(STORED);
  try {
    await finishSignOut(true);
  } catch (error) {
    // Without network `check` does it later.
    if (!(error instanceof api.ApiError)) throw error;
  }
}

// In one go, so that what comes in at this very moment is taken along, or finds nobody. As long as
// the mark is there, the server has not heard of it; it says who went.
function leave(person: string | undefined, withMark: boolean): Promise<void> {
  return write(OWN, async (transaction) => {
    const meta = transaction.objectStore("meta");
    if (withMark) await meta.put((!(await meta.get(ENTERING)) && person) || true, "sign out");
    await meta.delete("session");
    if (person) await forget(transaction, person);
  });
}

function finishSignOut(isNow = false): Promise<void> {
  leaving = tellSignOut(isNow);
  return leaving;
}

async function tellSignOut(isNow: boolean): Promise<void> {
  const mark = await readMeta<string | true>("sign out");
  if (!mark) return;
  // Who taps it now means whoever is in, also somebody whose sign-in this phone never heard end.
  await api.signOut(isNow || mark);
  // In another tab the next person may have gone too.
  await deleteIf("sign out", mark);
}

/** Takes a mark away, unless something else stands there by now. */
async function deleteIf(key: string, mark: unknown): Promise<void> {
  await write(["meta"], async (transaction) => {
    const meta = transaction.objectStore("meta");
    if ((await meta.get(key)) === mark) await meta.delete(key);
  });
}

/** Empties a device that was revoked, once nothing waits on it any more. */
export async function wipe(): Promise<void> {
  if (!(await eraseAll())) return;
  become(null);
  tellTab("session");
  tellOthers(STORED);
}
