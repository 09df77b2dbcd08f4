import { beforeEach, describe, expect, test, vi } from "vitest";
import { cardSet, cardWith, signal } from "./testing/content";
import { phone, signedInPhone } from "./testing/phone";
import { fakeServer, json } from "./testing/server";
import type { SealKey } from "./types";

let server: ReturnType<typeof fakeServer>;
let asked: (string | null)[];

/** The server of `fakeServer`, with cards of a version. */
function withCards(version: () => string): void {
  const rest = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url !== "/api/v1/cards") return rest(url, init);
    const etag = new Headers(init.headers).get("If-None-Match");
    asked.push(etag);
    if (etag === `"${version()}"`) return new Response(null, { status: 304 });
    return json(cardSet(version(), [cardWith([])]), { headers: { ETag: `"${version()}"` } });
  });
}

beforeEach(() => {
  server = fakeServer();
  asked = [];
});

describe("advise", () => {
  const card = cardWith([
    signal("L1", "licht"),
    signal("L2", "licht"),
    signal("O1", "opvallend"),
    signal("E1", "ernstig"),
    signal("W1", "ernstig", { alarm: "Zie je nu een wapen? Bel 112." }),
  ]);

  test.each([
    [[], null],
    [["unknown"], null],
    [["L1"], "green"],
    [["L1", "L2"], "yellow"],
    [["O1"], "yellow"],
    [["O1", "L1", "L2"], "yellow"],
    [["E1"], "orange"],
    [["E1", "L1", "O1"], "orange"],
    [["W1"], "red"],
    [["W1", "L1"], "red"],
  ])("%j is %s", async (ids, level) => {
    const { cards } = await phone();
    expect(cards.advise(card, ids)).toBe(level);
  });

  test("no number of light signals ever becomes more than yellow", async () => {
    const { cards } = await phone();
    const many = cardWith(Array.from({ length: 30 }, (_, i) => signal(`L${i}`, "licht")));
    expect(
      cards.advise(
        many,
        many.signals.map((one) => one.id),
      ),
    ).toBe("yellow");
  });
});

describe("the order of signals", () => {
  const card = cardWith([
    signal("L1", "licht"),
    signal("O1", "opvallend"),
    signal("L2", "licht", { group: "contacten" }),
    signal("E1", "ernstig", { group: "contacten" }),
    signal("O2", "opvallend"),
    signal("E2", "ernstig"),
    signal("O3", "opvallend"),
    signal("L3", "licht"),
  ]);

  test("the first six are the heaviest, in the card's own order", async () => {
    const { cards } = await phone();
    expect(cards.firstSix(card).map((one) => one.id)).toEqual(["E1", "E2", "O1", "O2", "O3", "L1"]);
  });

  test("the rest stands per group, and no signal is lost or doubled", async () => {
    const { cards } = await phone();
    const groups = cards.byGroup(card);
    expect(groups.map((one) => [one.group, one.signals.map((each) => each.id)])).toEqual([
      ["contacten", ["L2"]],
      ["gedrag", ["L3"]],
    ]);
  });
});

describe("a card with choices", () => {
  const card = cardWith([
    signal("ALL", "licht", { top: true }),
    signal("SCHOOL", "opvallend", { top: true, choices: ["leerplicht"] }),
    signal("DEBT", "ernstig", { top: true, choices: ["schuldhulp"] }),
    signal("HOME", "opvallend", { choices: ["jeugdconsulent", "leerplicht"] }),
    signal("HEAVY", "ernstig"),
  ]);
  const ids = (signals: { id: string }[]) => signals.map((one) => one.id);
  const none = new Set<string>();

  test("puts first what the card itself names, not what weighs most", async () => {
    const { cards } = await phone();
    expect(ids(cards.firstSix(card))).toEqual(["DEBT", "SCHOOL", "ALL"]);
    expect(ids(cards.theRest(card))).toEqual(["HOME", "HEAVY"]);
  });

  test("shows a reader what is for that job and for everybody", async () => {
    const { cards } = await phone();
    const reader = { role: "leerplicht", keep: none };
    expect(ids(cards.firstSix(card, reader))).toEqual(["SCHOOL", "ALL"]);
    expect(ids(cards.theRest(card, reader))).toEqual(["HOME", "HEAVY"]);
  });

  test("never hides what is ticked or looked for", async () => {
    const { cards } = await phone();
    const reader = { role: "leerplicht", keep: new Set(["DEBT"]) };
    expect(ids(cards.firstSix(card, reader))).toEqual(["DEBT", "SCHOOL", "ALL"]);
  });
});

describe("the cards", () => {
  test("are there at the next start without a network", async () => {
    withCards(() => "1");
    const one = await signedInPhone();
    await one.cards.refresh();
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    const next = await phone();
    await next.cards.load();
    await next.cards.refresh();
    expect(next.cards.card("boa")?.title).toBe("Boa");
    expect(next.cards.sealKey()?.id).toBe("2026-11-3f9c");
    expect(next.cards.gemeente()?.name).toBe("Voorbeeld");
  });

  test("that find no room on the device are read all the same, and hold up nothing", async () => {
    let version = "1";
    withCards(() => version);
    const one = await signedInPhone();
    await one.cards.refresh();
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    version = "2";
    await one.cards.noticed("2", { ...one.cards.sealKey(), id: "2026-12-a1b2" } as SealKey);
    expect(one.cards.all()?.version).toBe("2");
    put.mockRestore();
    const next = await phone();
    await next.cards.load();
    expect(next.cards.all()?.version).toBe("1");
    await next.cards.refresh();
    expect(next.cards.all()?.version).toBe("2");
  });

  test("are fetched again only when they changed", async () => {
    let version = "1";
    withCards(() => version);
    const one = await signedInPhone();
    await one.cards.refresh();
    await one.cards.refresh();
    version = "2";
    const changed = vi.fn();
    one.cards.onChange(changed);
    await one.cards.refresh();
    expect(asked).toEqual([null, '"1"', '"1"']);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("stay complete for somebody whose session ended", async () => {
    withCards(() => "1");
    const one = await signedInPhone();
    await one.cards.refresh();
    server.signedIn = false;
    await one.cards.refresh();
    expect(asked).toHaveLength(1);
    expect(one.cards.cards()).toHaveLength(1);
  });

  test("are open to who is not signed in, as far as the server shows them", async () => {
    withCards(() => "public");
    const one = await phone();
    await one.cards.refresh();
    expect(one.cards.cards()).toHaveLength(1);
  });

  test("a sync that speaks of another version has them fetched, once", async () => {
    let version = "1";
    withCards(() => version);
    const one = await signedInPhone();
    await one.cards.refresh();
    version = "2";
    await one.cards.noticed("2", null);
    await one.cards.noticed("2", null);
    expect(asked).toHaveLength(2);
  });

  test("a newer version that could not be fetched is asked for at a later sync, not at each", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    let version = "1";
    withCards(() => version);
    const one = await signedInPhone();
    await one.cards.refresh();
    version = "2";
    const honest = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await one.cards.noticed("2", null);
    globalThis.fetch = honest;
    await one.cards.noticed("2", null);
    expect(one.cards.all()?.version).toBe("1");
    vi.setSystemTime(Date.now() + 60_000);
    await one.cards.noticed("2", null);
    expect(one.cards.all()?.version).toBe("2");
    await one.cards.noticed("2", null);
    expect(asked).toEqual([null, '"1"']);
  });

  test("a newer seal key is used at once and kept", async () => {
    withCards(() => "1");
    const one = await signedInPhone();
    await one.cards.refresh();
    await one.cards.noticed("1", { id: "2026-12-0a1b", public_key: "BBBB" });
    expect(one.cards.sealKey()?.id).toBe("2026-12-0a1b");
    const next = await phone();
    await next.cards.load();
    expect(next.cards.sealKey()?.id).toBe("2026-12-0a1b");
  });
});

test("asked twice at the same time, the second question knows what the first one brought", async () => {
  withCards(() => "1");
  const { cards } = await phone();
  await Promise.all([cards.refresh(), cards.refresh()]);
  expect(asked).toEqual([null, '"1"']);
});
