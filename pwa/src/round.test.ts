import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, type phone, signedInPhone } from "./testing/phone";
import { fakeServer, json, type Twist } from "./testing/server";
import type { ObservationChange, SyncAnswer } from "./types";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

type Phone = Awaited<ReturnType<typeof phone>>;

async function withItems(count: number): Promise<Phone> {
  const one = await signedInPhone();
  for (let i = 0; i < count; i += 1) await one.outbox.add(observation());
  return one;
}

const change = (id: string): ObservationChange => ({
  kind: "observation",
  id,
  receipt: "7K2-4MX",
  card: "boa",
  card_version: 3,
  area: null,
  date: "2026-11-21",
  signals: 2,
  state: "new",
  received_at: "2026-11-21T20:42:00Z",
  made_at: "2026-11-21T20:40:00Z",
  feedback: [],
  additions: [],
  withdrawal: null,
});

/** Tells of each item what became of it, as the real server does. */
const telling: Twist = async (honest) => {
  const answer = (await honest().json()) as SyncAnswer;
  server.cursor += 1;
  const changes = answer.outcomes.map(({ id }) => change(id));
  return json({ ...answer, changes, cursor: server.cursor });
};

/** The stores of each transaction that writes durably from here on. */
function durableWrites(): () => string[] {
  const started = vi.spyOn(IDBDatabase.prototype, "transaction");
  return () =>
    started.mock.calls
      .filter(([, mode, how]) => mode === "readwrite" && how?.durability !== "relaxed")
      .map(([stores]) => [stores].flat().join());
}

function withoutRoom(store: string, isFull: () => boolean): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    ...all
  ) {
    if (this.name === store && isFull()) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, all);
  });
}

const LANDING = "items,mine,meta,keys";
const states = async (one: Phone) =>
  (await (await one.db.open()).getAll("items")).map((row) => row.state).sort();
const told = async (one: Phone) => (await (await one.db.open()).getAll("mine")).length;
const sentIds = () => server.syncs().flatMap((request) => request.items.map((item) => item.id));

describe("a round", () => {
  test("puts outcomes, list, cursor and epoch on disk in one transaction", async () => {
    const one = await withItems(20);
    server.always = telling;
    const writes = durableWrites();
    await one.drain.drain();
    // What goes is noted before it leaves; what came is one transaction; tidying is the third.
    expect(writes()).toEqual([LANDING, LANDING, "items"]);
    expect(await told(one)).toBe(20);
    expect(new Set(await states(one))).toEqual(new Set(["acknowledged"]));
  });

  test("in which nothing is new writes nothing, not even the epoch it knows", async () => {
    const one = await withItems(1);
    await one.drain.drain();
    const writes = durableWrites();
    await one.drain.drain();
    expect(writes()).toEqual([]);
    server.cursor = 7;
    await one.drain.drain();
    expect(writes()).toEqual([LANDING]);
    expect(await one.db.readMeta(`cursor:${one.session.current()?.id}`)).toBe(7);
  });

  test("whose list has no room still notes what arrived", async () => {
    const one = await withItems(2);
    server.always = telling;
    withoutRoom("mine", () => true);
    await expect(one.drain.drain()).rejects.toBeInstanceOf(one.db.NoRoom);
    expect(await states(one)).toEqual(["acknowledged", "acknowledged"]);
    vi.restoreAllMocks();
    expect(await one.db.readMeta(`cursor:${one.session.current()?.id}`)).toBeUndefined();
  });
});

describe("while a request is out", () => {
  test("the answer before it is written, and no item goes twice", async () => {
    const one = await withItems(220);
    server.always = telling;
    await one.drain.drain();
    expect(server.syncs().map((request) => request.items.length)).toEqual([50, 50, 50, 50, 20]);
    expect(new Set(sentIds()).size).toBe(220);
    expect(server.syncs().map((request) => request.cursor)).toEqual([0, 1, 2, 3, 4]);
    expect(server.syncs().map((request) => request.unsent)).toEqual([220, 170, 120, 70, 20]);
    expect(await told(one)).toBe(220);
    expect(await one.outbox.total()).toBe(0);
  });

  test("what goes next is noted in the transaction that writes the answer before", async () => {
    const one = await withItems(200);
    server.always = telling;
    const writes = durableWrites();
    const noted: unknown[] = [];
    server.always = async (honest, call) => {
      const answer = await telling(honest, call);
      noted.push(new Set((await one.db.readMeta<string[]>("away")) ?? []));
      return answer;
    };
    await one.drain.drain();
    // Two are taken; then come four answers, the first two with what goes next.
    expect(writes()).toEqual([...Array(6).fill(LANDING), "items"]);
    for (const [turn, { items }] of server.syncs().entries())
      for (const { id } of items) expect(noted[turn]).toContain(id);
    expect(await one.db.readMeta("away")).toEqual([]);
  });

  test("an answer that did not reach the disk is told again, and nothing builds on it", async () => {
    const one = await withItems(150);
    server.always = telling;
    withoutRoom("mine", () => server.syncs().length < 3);
    await expect(one.drain.drain()).rejects.toBeInstanceOf(one.db.NoRoom);
    vi.restoreAllMocks();
    expect(await one.db.readMeta(`cursor:${one.session.current()?.id}`)).toBeUndefined();
    await one.drain.drain();
    expect(await one.outbox.total()).toBe(0);
    expect(server.stored.size).toBe(150);
  });

  test("who signs out and in while an answer is being put away can still read the list", async () => {
    const one = await withItems(3);
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    let left = false;
    vi.spyOn(crypto.subtle, "encrypt").mockImplementation(async (...all) => {
      const sealed = await encrypt(...all);
      if (server.syncs().length === 0 || left) return sealed;
      left = true;
      await one.session.signOut();
      await one.session.signIn({ code: "ABCD2345" });
      return sealed;
    });
    server.always = telling;
    await one.drain.drain();
    vi.restoreAllMocks();
    expect(left).toBe(true);
    await one.drain.drain();
    await expect(one.mine.list()).resolves.toHaveLength(3);
    expect(await one.outbox.total()).toBe(0);
    expect(server.stored.size).toBe(3);
  });

  test.each([
    ["a change", [change(crypto.randomUUID())]],
    ["only something that was removed", [{ kind: "removed" as const, id: crypto.randomUUID() }]],
    ["only a further cursor", []],
  ])("who signs out and in misses nothing of before, when it brings %s", async (_what, changes) => {
    const one = await signedInPhone();
    server.cursor = 40;
    await one.drain.drain();
    server.twists = [
      async (honest) => {
        server.cursor = 41;
        server.changes = changes;
        const answer = honest();
        await one.session.signOut();
        await one.session.signIn({ code: "ABCD2345" });
        return answer;
      },
    ];
    await one.drain.drain();
    expect(await told(one)).toBe(0);
    await one.drain.drain();
    expect(server.syncs().map(({ cursor }) => cursor)).toEqual([0, 40, 0]);
  });

  test("who signs out leaves no list, and what was sent counts as sent", async () => {
    const one = await withItems(120);
    let turns = 0;
    server.always = async (honest, call) => {
      turns += 1;
      if (turns === 2) await one.session.signOut();
      return telling(honest, call);
    };
    await one.drain.drain();
    expect(await told(one)).toBe(0);
    expect(server.stored.size).toBe(120);
    expect(await one.outbox.total()).toBe(0);
  });
});

test("a server that says at every answer that it was restored is not asked in a circle", async () => {
  const one = await withItems(3);
  await one.drain.drain();
  server.always = async (honest) =>
    json({ ...((await honest().json()) as object), epoch: crypto.randomUUID() });
  const before = server.syncs().length;
  await one.drain.drain();
  expect(server.syncs().length - before).toBeLessThan(5);
});
