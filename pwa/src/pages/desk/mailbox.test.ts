import { describe, expect, it, vi } from "vitest";
import type { InboxItem, InboxPage } from "../../types";
import { readMore, readPages } from "./mailbox";

const counts = { all: 3, new: 1, mine: 0, late: 0, waiting: 0, expiring: 0, late_box: 0 };
const item = (id: string, version = 1) => ({ id, version }) as InboxItem;
const page = (items: InboxItem[], next: string | null): InboxPage => ({ items, next, counts });

function server(pages: Record<string, InboxPage>) {
  return vi.fn(async (cursor: string | undefined) => pages[cursor ?? "first"] as InboxPage);
}

describe("reading the inbox", () => {
  it("reads one page when one page was on the screen", async () => {
    const fetch = server({ first: page([item("a")], "2"), 2: page([item("b")], null) });
    const mail = await readPages(fetch, 1);
    expect(mail.items.map(({ id }) => id)).toEqual(["a"]);
    expect(mail.next).toBe("2");
  });

  it("refreshes every page that was on the screen", async () => {
    const fetch = server({ first: page([item("a")], "2"), 2: page([item("b")], null) });
    const mail = await readPages(fetch, 5);
    expect(mail.items.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("shows an item that moved to the next page once, in its newest form", async () => {
    const fetch = server({ 2: page([item("a", 2), item("b")], null) });
    const mail = await readMore(fetch, { items: [item("a", 1)], counts, next: "2" });
    expect(mail.items).toEqual([item("a", 2), item("b")]);
  });

  it("asks nothing at the end of the list", async () => {
    const fetch = server({});
    const end = { items: [item("a")], counts, next: null };
    expect(await readMore(fetch, end)).toBe(end);
    expect(fetch).not.toHaveBeenCalled();
  });
});
