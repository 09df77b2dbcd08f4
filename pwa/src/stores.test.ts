/**
 * What every released version left on a phone is opened by the app of today. A new version adds a
 * file to `testing/stores` and nothing here; see CONTRIBUTING.md.
 */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { phone } from "./testing/phone";
import { fakeServer } from "./testing/server";
import { KEPT, metaOf, putBack, waitingTexts } from "./testing/store";

/** How many reports the desk had said something of when it was written down. */
const TOLD = 3;

describe.each([...KEPT])("the store that version %s left", (_version, kept) => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: kept.at + 60_000 });
    await putBack(kept);
  });

  test("opens with everything in it: person, queue, draft and list", async () => {
    const { session, outbox, drafts, mine } = await phone();
    await session.load();
    expect(session.state()).toBe("in");
    const waiting = await outbox.waiting();
    expect(waiting.map(({ id }) => id)).toContain(kept.report);
    expect(waiting.map(({ item }) => item.kind).sort()).toEqual(["addition", "observation"]);
    expect((await drafts.list()).map(({ card }) => card)).toEqual([kept.draft.card]);
    const draft = await drafts.load(kept.draft.card);
    expect(JSON.stringify(draft?.form)).toContain(kept.draft.text);
    const list = await mine.list();
    expect(list.find(({ id }) => id === kept.report)?.status).toBe("saved");
    expect(list.filter(({ status }) => status !== "saved")).toHaveLength(TOLD);
  });

  test("sends what waited, byte for byte, with the key of this device", async () => {
    const server = fakeServer();
    // The same life of the same database, where the phone was last.
    Object.assign(server, { epoch: metaOf(kept, "epoch"), cursor: 1_000 });
    const { session, outbox, drain } = await phone();
    await session.load();
    await drain.drain();
    expect(server.stored).toEqual(await waitingTexts(kept));
    expect(server.stored.size).toBe(2);
    const sent = server.calls.find(({ path }) => path === "/sync");
    expect(sent?.headers.get("Authorization")).toMatch(/^Bearer [\w-]{43}$/);
    expect(await outbox.total()).toBe(0);
  });

  test("takes something new, and keys still cannot leave it", async () => {
    const { session, drafts, db, vault } = await phone();
    await session.load();
    await drafts.save(kept.draft.card, { what: "Nu wel af." });
    expect((await drafts.load(kept.draft.card))?.form).toEqual({ what: "Nu wel af." });
    expect((await vault.deviceKey()).extractable).toBe(false);
    expect([...(await db.open()).objectStoreNames].sort()).toEqual(db.STORES.toSorted());
  });
});

test("what this version leaves was written down, in the shape that it has now", async () => {
  const kept = KEPT.get(__APP_VERSION__);
  const { db } = await phone();
  const opened = await db.open();
  expect(kept?.version).toBe(opened.version);
  const shapes = [...opened.objectStoreNames].map((name) => {
    const { keyPath, indexNames } = opened.transaction(name).store;
    return { name, keyPath, indexes: [...indexNames] };
  });
  expect(
    kept?.stores.map(({ name, keyPath, indexes }) => {
      return { name, keyPath, indexes: indexes.map((index) => index.name) };
    }),
  ).toEqual(shapes);
});
