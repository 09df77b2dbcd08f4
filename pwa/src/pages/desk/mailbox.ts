/** Fetches the inbox page by page; knows nothing of the screen. */

import type { InboxItem, InboxPage } from "../../types";

export type Fetch = (cursor: string | undefined) => Promise<InboxPage>;

export interface Mail {
  items: InboxItem[];
  counts: InboxPage["counts"];
  next: string | null;
}

function join(items: InboxItem[], more: InboxItem[]): InboxItem[] {
  // An item that moved while we were reading may come twice; the later copy is the newer one.
  const fresh = new Map(more.map((item) => [item.id, item]));
  return [...items.filter((item) => !fresh.has(item.id)), ...more];
}

/** Reads as many pages as were on the screen, so that a refresh never shortens the list. */
export async function readPages(fetch: Fetch, pages: number): Promise<Mail> {
  let page = await fetch(undefined);
  let items = page.items;
  for (let read = 1; read < pages && page.next; read++) {
    page = await fetch(page.next);
    items = join(items, page.items);
  }
  return { items, counts: page.counts, next: page.next ?? null };
}

/** Adds the next page to what is there. */
export async function readMore(fetch: Fetch, mail: Mail): Promise<Mail> {
  if (mail.next === null) return mail;
  const page = await fetch(mail.next);
  return { items: join(mail.items, page.items), counts: page.counts, next: page.next ?? null };
}
