import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer, PERSON } from "./testing/server";
import type { Item } from "./types";

beforeEach(() => void fakeServer());

const rows = async (one: Awaited<ReturnType<typeof signedInPhone>>) =>
  (await one.db.open()).getAll("items");

function fullDisk(store: string): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    value,
    key,
  ) {
    if (this.name === store) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, key);
  });
}

describe("add", () => {
  test("an item is on disk when add resolves", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    expect(await rows(one)).toMatchObject([{ id: item.id, state: "queued" }]);
  });

  test("the item and the end of its draft are one durable transaction", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", { what: "iets" });
    await one.choice.load("boa");
    await one.drafts.save("boa", ["BOA-05"], "choice");
    const started = vi.spyOn(IDBDatabase.prototype, "transaction");
    await one.outbox.add(observation(), "boa");
    const writes = started.mock.calls.filter(([, mode]) => mode === "readwrite");
    expect(writes).toEqual([[["items", "drafts", "keys"], "readwrite", { durability: "strict" }]]);
    expect(await (await one.db.open()).getAll("drafts")).toEqual([]);
  });

  test("what was sealed while the device was emptied can still be sent", async () => {
    const one = await signedInPhone();
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    const emptying = vi.spyOn(crypto.subtle, "encrypt").mockImplementationOnce(async (...all) => {
      const sealed = await encrypt(...all);
      await one.session.wipe();
      return sealed;
    });
    const item = observation();
    await one.outbox.add(item);
    emptying.mockRestore();
    expect(await one.parcels.take({ most: 50, bytes: 250_000 })).toEqual([
      { id: item.id, text: JSON.stringify(item) },
    ]);
  });

  test("a draft that was still being written does not come back", async () => {
    const one = await signedInPhone();
    void one.drafts.save("boa", { what: "laatste letter" });
    await one.outbox.add(observation(), "boa");
    expect(await one.drafts.load("boa")).toBeNull();
  });

  test("without room it says so, and the draft is still there", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", { what: "iets" });
    fullDisk("items");
    await expect(one.outbox.add(observation(), "boa")).rejects.toBeInstanceOf(one.db.NoRoom);
    vi.restoreAllMocks();
    expect(await one.drafts.load("boa")).toMatchObject({ form: { what: "iets" } });
    expect(await rows(one)).toEqual([]);
  });

  test("nothing of the item can be read in the store", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    const [row] = await rows(one);
    const text = new TextDecoder().decode(row?.wire.data) + JSON.stringify(row);
    for (const word of ["boa", "BOA-05", "BU02670101", "this_week"])
      expect(text).not.toContain(word);
  });

  test("a connection that was closed behind our back is opened again", async () => {
    const one = await signedInPhone();
    (await one.db.open()).close();
    await one.outbox.add(observation());
    expect(await one.outbox.count()).toBe(1);
  });
});

describe("take", () => {
  test("hands out the oldest first, whatever their ids", async () => {
    const one = await signedInPhone();
    const items = [observation(), observation(), observation()];
    for (const item of items.toReversed()) await one.outbox.add(item);
    const taken = await one.parcels.take({ most: 50, bytes: 100_000 });
    expect(taken.map((parcel) => parcel.id)).toEqual(items.map((item) => item.id));
  });

  test("gives the same bytes at every try", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    const first = await one.parcels.take({ most: 50, bytes: 100_000 });
    expect(await one.parcels.take({ most: 50, bytes: 100_000 })).toEqual(first);
  });

  test("keeps to the number and the size, but never hands out nothing", async () => {
    const one = await signedInPhone();
    for (let i = 0; i < 4; i += 1) await one.outbox.add(observation());
    expect(await one.parcels.take({ most: 3, bytes: 100_000 })).toHaveLength(3);
    expect(await one.parcels.take({ most: 3, bytes: 10 })).toHaveLength(1);
  });
});

describe("withdraw", () => {
  test("what never left the phone is gone, with its additions", async () => {
    const one = await signedInPhone();
    const item = observation();
    const addition: Item = {
      kind: "addition",
      id: crypto.randomUUID(),
      by: PERSON.id,
      made_at: "2026-11-21T21:00:00Z",
      parent: item.id,
      sealed: "c2VhbGVk",
    };
    await one.outbox.add(item);
    await one.outbox.add(addition);
    expect(await one.outbox.withdraw(item.id)).toBe("removed");
    expect(await rows(one)).toEqual([]);
  });

  test("what may have left is not sent again, and the server is asked to take it back", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.parcels.take({ most: 50, bytes: 100_000 });
    expect(await one.outbox.withdraw(item.id)).toBe("asked");
    const waiting = await one.outbox.waiting();
    expect(waiting.map((row) => row.item)).toMatchObject([{ kind: "withdrawal", parent: item.id }]);
  });

  test("what may have left counts as such after the browser was killed, and until it is answered", async () => {
    const one = await signedInPhone();
    const [first, second, never] = [observation(), observation(), observation()];
    for (const item of [first, second, never]) await one.outbox.add(item);
    await one.parcels.take({ most: 1, bytes: 100_000 });
    await one.parcels.take({ most: 1, bytes: 100_000, skip: new Set([first.id]) });
    const restarted = await phone();
    await restarted.session.load();
    expect(await restarted.outbox.withdraw(first.id)).toBe("asked");
    expect(await restarted.outbox.withdraw(second.id)).toBe("asked");
    expect(await restarted.outbox.withdraw(never.id)).toBe("removed");
  });

  test("what two tabs took at the same time may all have left", async () => {
    const one = await signedInPhone();
    const other = await phone();
    await other.session.load();
    const [first, second] = [observation(), observation()];
    for (const item of [first, second]) await one.outbox.add(item);
    const skip = new Set([first.id]);
    await Promise.all([
      one.parcels.take({ most: 1, bytes: 100_000 }),
      other.parcels.take({ most: 1, bytes: 100_000, skip }),
    ]);
    expect(await one.outbox.withdraw(first.id)).toBe("asked");
    expect(await one.outbox.withdraw(second.id)).toBe("asked");
  });

  test("what may have left still counts as such after signing out", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.parcels.take({ most: 50, bytes: 100_000 });
    await one.session.signOut();
    await one.session.signIn({ code: "ABCD2345" });
    expect(await one.outbox.withdraw(item.id)).toBe("asked");
  });

  test("what arrived is asked back, also while it waits to be sent again to a restored server", async () => {
    const one = await signedInPhone();
    const [arrived, again] = [observation(), observation()];
    for (const item of [arrived, again]) await one.outbox.add(item);
    await one.parcels.take({ most: 50, bytes: 100_000 });
    await one.outbox.settle([arrived, again].map(({ id }) => ({ id, result: "stored" })));
    expect(await one.db.readMeta("away")).toEqual([]);
    expect(await one.outbox.withdraw(arrived.id)).toBe("asked");
    await one.outbox.sendAgain();
    expect(await one.outbox.withdraw(again.id)).toBe("asked");
  });

  test("the text goes when the server confirmed the withdrawal", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.parcels.take({ most: 50, bytes: 100_000 });
    await one.outbox.withdraw(item.id);
    const [withdrawal] = await one.outbox.waiting();
    await one.outbox.settle([{ id: withdrawal?.id ?? "", result: "stored" }]);
    expect((await rows(one)).map((row) => row.kind)).toEqual(["withdrawal"]);
  });

  test("an observation that is only known from the server can be withdrawn too", async () => {
    const one = await signedInPhone();
    expect(await one.outbox.withdraw(crypto.randomUUID())).toBe("asked");
    expect(await one.outbox.count()).toBe(1);
  });

  test("a refused item was stored nowhere, so it simply goes", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.parcels.take({ most: 50, bytes: 100_000 });
    await one.outbox.settle([{ id: item.id, result: "refused", reason: "shape" }]);
    expect(await one.outbox.withdraw(item.id)).toBe("removed");
  });
});

describe("what is kept", () => {
  test("a confirmed envelope stays seven days, so that a restored server can have it again", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T20:00:00Z") });
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.outbox.settle([{ id: item.id, result: "stored", receipt: "7K2-4MX" }]);
    vi.setSystemTime(new Date("2026-11-28T19:00:00Z"));
    await one.outbox.tidy();
    expect(await rows(one)).toMatchObject([{ state: "acknowledged", receipt: "7K2-4MX" }]);
    vi.setSystemTime(new Date("2026-11-28T21:00:00Z"));
    await one.outbox.tidy();
    expect(await rows(one)).toEqual([]);
  });

  test("a file of an item holds what would have been sent, still sealed", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    const file = await one.outbox.exportFile(item.id);
    expect(JSON.parse(await file.text())).toEqual(item);
  });

  test("only what the server will not have can be thrown away", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.outbox.discard(item.id);
    expect(await rows(one)).toHaveLength(1);
    await one.outbox.settle([{ id: item.id, result: "refused", reason: "too_large" }]);
    await one.outbox.discard(item.id);
    expect(await rows(one)).toEqual([]);
  });

  test("everything of a person is found, in whatever state, and nothing of anybody else", async () => {
    const one = await signedInPhone();
    const [waiting, arrived, refused, taken] = Array.from({ length: 4 }, () => observation());
    const all = [waiting, arrived, refused, taken].flatMap((item) => item ?? []);
    for (const item of all) await one.outbox.add(item);
    await one.outbox.add(observation({ by: crypto.randomUUID() }));
    await one.parcels.take({ most: 50, bytes: 100_000 });
    await one.outbox.settle([
      { id: arrived?.id ?? "", result: "stored" },
      { id: refused?.id ?? "", result: "refused" },
    ]);
    await one.outbox.withdraw(taken?.id ?? "");
    const found = (await one.outbox.all(PERSON.id)).filter(({ kind }) => kind === "observation");
    expect(new Map(found.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [waiting?.id, "queued"],
        [arrived?.id, "acknowledged"],
        [refused?.id, "look"],
        [taken?.id, "withdrawn"],
      ]),
    );
  });

  test("each person counts the own items, the device counts all", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    await one.outbox.add(observation({ by: crypto.randomUUID() }));
    expect(await one.outbox.count()).toBe(1);
    expect(await one.outbox.total()).toBe(2);
  });
});
