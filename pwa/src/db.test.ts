import { deleteDB, openDB } from "idb";
import { describe, expect, test, vi } from "vitest";
import type { Db, StoreName } from "./db";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer } from "./testing/server";

/** The same contents in the store as it was first: more indexes, and in each row whether it left. */
async function makeFirstVersion(from: Db, isTried: (id: string) => boolean): Promise<void> {
  const rows = await Promise.all(
    (["items", "keys", "meta"] as StoreName[]).map(async (name) => {
      return { name, keys: await from.getAllKeys(name), values: await from.getAll(name) };
    }),
  );
  from.close();
  await deleteDB("signaalkaart");
  const first = await openDB("signaalkaart", 1, {
    upgrade(db) {
      const items = db.createObjectStore("items", { keyPath: "id" });
      items.createIndex("state,made_at", ["state", "made_at"]);
      items.createIndex("by,state", ["by", "state"]);
      items.createIndex("by", "by");
      db.createObjectStore("mine", { keyPath: ["by", "id"] }).createIndex("by", "by");
      db.createObjectStore("drafts", { keyPath: ["by", "kind", "card"] }).createIndex("by", "by");
      for (const name of ["keys", "meta"]) db.createObjectStore(name);
      db.createObjectStore("content", { keyPath: "name" });
    },
  });
  for (const { name, keys, values } of rows)
    for (const [number, value] of values.entries())
      await (name === "items"
        ? first.put(name, { ...(value as object), tried: isTried(String(keys[number])) })
        : first.put(name, value, keys[number] as string));
  first.close();
}

describe("the store", () => {
  test("has the six stores, and the outbox by state and time", async () => {
    const { db } = await phone();
    const opened = await db.open();
    expect([...opened.objectStoreNames].sort()).toEqual(db.STORES.toSorted());
    expect([...opened.transaction("items").store.indexNames]).toEqual(["state,by,made_at"]);
  });

  test("opens again after it was closed behind our back", async () => {
    const { db } = await phone();
    await db.writeMeta("a", 1);
    (await db.open()).close();
    expect(await db.readMeta("a")).toBe(1);
    (await db.open()).close();
    await db.writeMeta("a", 2);
    expect(await db.readMeta("a")).toBe(2);
  });

  test("makes way for a newer version in another tab", async () => {
    const { db } = await phone();
    const before = await db.open();
    const newer = await openDB("signaalkaart", before.version + 1);
    expect(newer.version).toBe(before.version + 1);
    newer.close();
  });

  test("says when a tab with an older version keeps it from opening, and opens when that is gone", async () => {
    const { db } = await phone();
    const { version } = await db.open();
    (await db.open()).close();
    const stubborn = await openDB("signaalkaart", version);
    const open = indexedDB.open.bind(indexedDB);
    vi.spyOn(indexedDB, "open").mockImplementation((name, version) =>
      open(name, (version ?? 1) + 1),
    );
    const newer = (await phone()).db;
    const opening = newer.open();
    await new Promise<void>((resolve) => newer.whenBlocked(resolve));
    stubborn.close();
    expect((await opening).version).toBe(version + 1);
  });

  test("keeps what waited in its first version, and that it may have left", async () => {
    fakeServer();
    const before = await signedInPhone();
    const [tried, fresh, arrived] = [observation(), observation(), observation()];
    for (const item of [tried, fresh, arrived]) await before.outbox.add(item);
    await before.outbox.settle([{ id: arrived.id, result: "stored" }]);
    await makeFirstVersion(await before.db.open(), (id) => id !== fresh.id);
    const { db, session, outbox } = await phone();
    await session.load();
    expect((await outbox.waiting()).map(({ item }) => item)).toEqual([tried, fresh]);
    expect(await db.readMeta("away")).toEqual([tried.id]);
    expect(await outbox.withdraw(fresh.id)).toBe("removed");
    expect(await outbox.withdraw(tried.id)).toBe("asked");
    expect(await outbox.withdraw(arrived.id)).toBe("asked");
  });

  test("does all of a transaction or nothing", async () => {
    const { db } = await phone();
    const half = db.write(["meta"], async (transaction) => {
      await transaction.objectStore("meta").put(1, "a");
      throw new Error("changed our mind");
    });
    await expect(half).rejects.toThrow("changed our mind");
    expect(await db.readMeta("a")).toBeUndefined();
  });

  test("says NoRoom when the disk is full, also when that only shows at the end", async () => {
    const { db } = await phone();
    await db.writeMeta("a", 1);
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(db.writeMeta("a", 2)).rejects.toMatchObject({ name: "NoRoom" });
    put.mockRestore();
    expect(await db.readMeta("a")).toBe(1);
  });
});

describe("keys", () => {
  test("are made once, also by two tabs at the same time", async () => {
    const [one, other] = [await phone(), await phone()];
    const keys = await Promise.all([one.vault.deviceKey(), other.vault.deviceKey()]);
    const secret = await one.vault.encrypt(keys[0], { a: 1 });
    expect(await other.vault.decrypt(keys[1], secret)).toEqual({ a: 1 });
  });

  test("of a person do not exist before signing in nor after signing out", async () => {
    const { db, vault } = await phone();
    await expect(vault.personKey("p")).rejects.toMatchObject({ name: "KeyGone" });
    await vault.makePersonKey("p");
    expect((await vault.personKey("p")).extractable).toBe(false);
    await db.write(db.OWN, (transaction) => vault.forget(transaction, "p"));
    await expect(vault.personKey("p")).rejects.toMatchObject({ name: "KeyGone" });
  });

  test("never give the same bytes for the same text twice", async () => {
    const { vault } = await phone();
    const key = await vault.deviceKey();
    const [a, b] = [await vault.encryptText(key, "x"), await vault.encryptText(key, "x")];
    expect(new Uint8Array(a.data)).not.toEqual(new Uint8Array(b.data));
  });
});
