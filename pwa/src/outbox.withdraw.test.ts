import { beforeEach, describe, expect, test } from "vitest";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer, PERSON } from "./testing/server";
import type { Item } from "./types";

beforeEach(() => void fakeServer());

const rows = async (one: Awaited<ReturnType<typeof signedInPhone>>) =>
  (await one.db.open()).getAll("items");

const addition = (parent: string): Item => ({
  kind: "addition",
  id: crypto.randomUUID(),
  by: PERSON.id,
  made_at: "2026-11-21T21:00:00Z",
  parent,
  sealed: "c2VhbGVk",
});

describe("withdraw", () => {
  test("what never left the phone is gone, with its additions", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.outbox.add(addition(item.id));
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

  test("of what may have left no addition goes on its own, and all goes with the withdrawal", async () => {
    const one = await signedInPhone();
    const [item, other] = [observation(), observation()];
    const [left, fresh, elsewhere] = [addition(item.id), addition(item.id), addition(other.id)];
    for (const each of [item, left]) await one.outbox.add(each);
    await one.parcels.take({ most: 50, bytes: 100_000 });
    for (const each of [fresh, other, elsewhere]) await one.outbox.add(each);
    expect(await one.outbox.withdraw(item.id)).toBe("asked");
    const states = new Map((await rows(one)).map(({ id, state }) => [id, state]));
    expect([item, left, fresh].map(({ id }) => states.get(id))).toEqual([
      "withdrawn",
      "withdrawn",
      undefined,
    ]);
    const waiting = await one.outbox.waiting();
    const withdrawal = waiting.find(({ kind }) => kind === "withdrawal")?.id ?? "";
    const stays = [other.id, elsewhere.id, withdrawal].sort();
    expect(waiting.map(({ id }) => id).sort()).toEqual(stays);
    await one.outbox.settle([{ id: withdrawal, result: "stored" }]);
    expect((await rows(one)).map(({ id }) => id).sort()).toEqual(stays);
  });

  test("of what arrived, an addition that waits does not go after the withdrawal either", async () => {
    const one = await signedInPhone();
    const item = observation();
    const arrived = addition(item.id);
    for (const each of [item, arrived]) await one.outbox.add(each);
    await one.outbox.settle([item, arrived].map(({ id }) => ({ id, result: "stored" })));
    await one.outbox.add(addition(item.id));
    expect(await one.outbox.withdraw(item.id)).toBe("asked");
    expect((await one.outbox.waiting()).map(({ kind }) => kind)).toEqual(["withdrawal"]);
    expect((await rows(one)).find(({ id }) => id === arrived.id)?.state).toBe("acknowledged");
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

  /** A report and its addition may have left and are withdrawn, and that is what the server refuses. */
  async function refusedWithdrawal() {
    const one = await signedInPhone();
    const item = observation();
    const added = addition(item.id);
    for (const each of [item, added]) await one.outbox.add(each);
    await one.parcels.take({ most: 50, bytes: 100_000 });
    await one.outbox.withdraw(item.id);
    const [withdrawal] = await one.outbox.waiting();
    const id = withdrawal?.id ?? "";
    await one.outbox.settle([{ id, result: "refused", reason: "unstorable" }]);
    return { one, item, added };
  }

  test("when the server refuses the withdrawal, the report goes after all, with its additions", async () => {
    const { one, item, added } = await refusedWithdrawal();
    const waiting = (await one.outbox.waiting()).map(({ id }) => id);
    expect(waiting.sort()).toEqual([item.id, added.id].sort());
    // It may still have left before.
    expect(await one.db.readMeta("away")).toEqual([item.id, added.id]);
    expect(await one.mine.one(item.id)).toMatchObject({ status: "saved", withdrawal: "look" });
  });

  test("who withdraws again after a refusal asks the server once more, and the refusal goes", async () => {
    const { one, item } = await refusedWithdrawal();
    expect(await one.outbox.withdraw(item.id)).toBe("asked");
    expect((await one.mine.one(item.id))?.withdrawal).toBe("queued");
    const withdrawals = (await rows(one)).filter(({ kind }) => kind === "withdrawal");
    expect(withdrawals.map(({ state }) => state)).toEqual(["queued"]);
  });
});
