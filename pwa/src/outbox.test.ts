import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, signedInPhone } from "./testing/phone";
import { fakeServer, PERSON } from "./testing/server";

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
