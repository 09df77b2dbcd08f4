/** What goes in one request. */
import { noteAway } from "./away";
import { type ItemRow, LANDING, type Landing, ORDER, QUEUED, write } from "./db";
import { decryptText, deviceKey } from "./vault";

/** One item as it goes over the line: the same text at every try. */
export interface Parcel {
  id: string;
  text: string;
}

/** How much may be taken for one request; ids in `skip` are passed over. */
export interface Wish {
  most: number;
  bytes: number;
  skip?: ReadonlySet<string>;
}

/**
 * Takes the oldest items that fit in one request and notes, before anything leaves, that they may
 * have left.
 */
export async function take(wish: Wish): Promise<Parcel[]> {
  return openAll(await write(LANDING, (transaction) => takeIn(transaction, wish)));
}

/** The same, within the transaction of a whole answer; what it gives is still to be opened. */
export async function takeIn(transaction: Landing, wish: Wish): Promise<ItemRow[]> {
  let rows = await find(transaction, wish);
  for (let skip = wish.skip; ; rows = await find(transaction, { ...wish, skip })) {
    const early = await additionsTooEarly(transaction, rows);
    if (early.length === 0) break;
    skip = new Set([...(skip ?? []), ...early]);
  }
  await noteAway(transaction, rows);
  return rows;
}

async function find(transaction: Landing, wish: Wish): Promise<ItemRow[]> {
  const index = transaction.objectStore("items").index(ORDER);
  // All at once: asked for one by one, fifty rows take ten times as long.
  let count = wish.most + (wish.skip?.size ?? 0);
  let found = await index.getAll(QUEUED, count);
  // Where only what has to wait stood first, what may go is looked for further on.
  while (found.length === count && fitting(found, wish).length === 0) {
    count *= 2;
    found = await index.getAll(QUEUED, count);
  }
  return fitting(found, wish);
}

/** Those that seem older than their report, which waits too: the clock was set back in between. */
async function additionsTooEarly(transaction: Landing, rows: ItemRow[]): Promise<string[]> {
  const going = new Set(rows.map(({ id }) => id));
  const alone = rows.filter(({ kind, parent }) => kind === "addition" && !going.has(parent));
  const items = transaction.objectStore("items");
  const reports = await Promise.all(alone.map(({ parent }) => items.get(parent)));
  return alone.filter((_one, at) => reports[at]?.state === "queued").map(({ id }) => id);
}

function fitting(rows: ItemRow[], { most, bytes, skip }: Wish): ItemRow[] {
  const taken: ItemRow[] = [];
  let room = bytes;
  for (const row of rows) {
    // Before its report an addition would only come to the desk as something nobody can place.
    if (skip?.has(row.id) || (row.kind === "addition" && skip?.has(row.parent))) continue;
    // The first one goes whatever its size, so that the server can say that it is too large.
    if (taken.length === most || (taken.length > 0 && row.size > room)) break;
    room -= row.size + 1;
    taken.push(row);
  }
  return taken;
}

/** Opens what was taken. */
export async function openAll(rows: ItemRow[]): Promise<Parcel[]> {
  // On a device that was just emptied there is no key, and none is to be made.
  if (rows.length === 0) return [];
  const key = await deviceKey();
  return Promise.all(
    rows.map(async ({ id, wire }) => ({ id, text: await decryptText(key, wire) })),
  );
}
