/** What was typed but not yet sealed: kept for a while, under the person's own key. */
import { gemeente } from "./cards";
import { beginning, type DraftKind, type DraftRow, inDb, write } from "./db";
import { listen, tell } from "./listeners";
import { current } from "./session";
import { decrypt, encrypt, opens, personKey } from "./vault";

export interface Draft<Form = unknown> {
  card: string;
  savedAt: Date;
  form: Form;
}

const HOUR = 3_600_000;
const HOURS = 72;

let writing: Promise<unknown> = Promise.resolve();
let erased: string[] = [];

export const onChange = (fn: () => void) => listen("drafts", fn);

/** Resolves when no draft is being written any more, so that a late one cannot come back. */
export const settled = (): Promise<unknown> => writing;

const hours = () => gemeente()?.switches.draft_hours ?? HOURS;

/** Whether what is typed in a form is kept at all: somebody is signed in, and drafts are on. */
export const areKept = (): boolean => current() !== null && hours() > 0;

/** Keeps the form of this card; nothing is kept when nobody is signed in or drafts are off. */
export function save(card: string, form: unknown, kind: DraftKind = "form"): Promise<void> {
  // One after the other, so that the last one typed is the last one written.
  const mine = writing.then(() => store(card, form, kind));
  writing = mine.catch(() => undefined);
  return mine;
}

async function store(card: string, form: unknown, kind: DraftKind): Promise<void> {
  const by = current()?.id;
  if (!by || hours() === 0) return;
  const row: DraftRow = {
    by,
    kind,
    card,
    saved_at: Date.now(),
    form: await encrypt(await personKey(by), form),
  };
  await write(["drafts", "keys"], async (transaction) => {
    if (await opens(transaction, row.form)) await transaction.objectStore("drafts").put(row);
  });
  tell("drafts");
}

export async function load<Form>(
  card: string,
  kind: DraftKind = "form",
): Promise<Draft<Form> | null> {
  const by = current()?.id;
  if (!by) return null;
  const row = await inDb((db) => db.get("drafts", [by, kind, card]));
  if (!row || isOld(row)) return null;
  return {
    card,
    savedAt: new Date(row.saved_at),
    form: await decrypt<Form>(await personKey(by), row.form),
  };
}

export function remove(card: string, kind: DraftKind = "form"): Promise<void> {
  const by = current()?.id;
  const mine = writing.then(async () => {
    if (!by) return;
    await write(["drafts"], (transaction) =>
      transaction.objectStore("drafts").delete([by, kind, card]),
    );
    tell("drafts");
  });
  writing = mine.catch(() => undefined);
  return mine;
}

/** The forms of whoever is signed in, newest first. */
export async function list(): Promise<{ card: string; savedAt: Date }[]> {
  const by = current()?.id;
  if (!by) return [];
  const rows = await inDb((db) => db.getAll("drafts", beginning(by)));
  return rows
    .filter((row) => row.kind === "form" && !isOld(row))
    .sort((a, b) => b.saved_at - a.saved_at)
    .map((row) => ({ card: row.card, savedAt: new Date(row.saved_at) }));
}

const isOld = (row: DraftRow) => Date.now() - row.saved_at >= hours() * HOUR;

/** Erases what is past its time, whoever's it is; `takeErased` tells which cards it was. */
export async function expire(): Promise<void> {
  const by = current()?.id;
  const gone: string[] = [];
  await write(["drafts"], async (transaction) => {
    gone.length = 0;
    for (
      let at = await transaction.objectStore("drafts").openCursor();
      at;
      at = await at.continue()
    ) {
      if (!isOld(at.value)) continue;
      if (at.value.by === by && at.value.kind === "form") gone.push(at.value.card);
      await at.delete();
    }
  });
  if (gone.length === 0) return;
  erased = [...erased, ...gone];
  tell("drafts");
}

/** The cards whose draft was erased because of its age; each is told once. */
export function takeErased(): string[] {
  const told = erased;
  erased = [];
  return told;
}
