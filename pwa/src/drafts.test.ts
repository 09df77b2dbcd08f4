import { beforeEach, describe, expect, test, vi } from "vitest";
import { cardSet } from "./testing/content";
import { phone, signedInPhone } from "./testing/phone";
import { fakeServer } from "./testing/server";

beforeEach(() => {
  fakeServer();
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T20:00:00Z") });
});

describe("a draft", () => {
  test("comes back as it was, with the time it was kept", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", { what: "Drie jongens" });
    const draft = await one.drafts.load("boa");
    expect(draft).toEqual({
      card: "boa",
      savedAt: new Date("2026-11-21T20:00:00Z"),
      form: { what: "Drie jongens" },
    });
  });

  test("of the last letter is the one that stays", async () => {
    const one = await signedInPhone();
    await Promise.all(["D", "Dr", "Dri", "Drie"].map((what) => one.drafts.save("boa", { what })));
    expect(await one.drafts.load("boa")).toMatchObject({ form: { what: "Drie" } });
  });

  test("cannot be read in the store", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", { what: "Drie jongens" });
    const [row] = await (await one.db.open()).getAll("drafts");
    expect(new TextDecoder().decode(row?.form.data)).not.toContain("jongens");
  });

  test("lasts 72 hours and is then erased with a notice, once", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", { what: "iets" });
    vi.setSystemTime(new Date("2026-11-24T19:59:00Z"));
    await one.drafts.expire();
    expect(await one.drafts.load("boa")).not.toBeNull();
    vi.setSystemTime(new Date("2026-11-24T20:00:00Z"));
    expect(await one.drafts.load("boa")).toBeNull();
    await one.drafts.expire();
    expect(await (await one.db.open()).count("drafts")).toBe(0);
    expect(one.drafts.takeErased()).toEqual(["boa"]);
    expect(one.drafts.takeErased()).toEqual([]);
  });

  test("is listed newest first; ticks alone are no draft", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", {});
    vi.setSystemTime(new Date("2026-11-21T20:01:00Z"));
    await one.drafts.save("sport", {});
    await one.drafts.save("docent", ["DOC-01"], "choice");
    expect((await one.drafts.list()).map((draft) => draft.card)).toEqual(["sport", "boa"]);
  });

  test("is not kept where a gemeente switched drafts off, and the app knows", async () => {
    const one = await signedInPhone();
    expect(one.drafts.areKept()).toBe(true);
    const set = cardSet("1");
    set.gemeente.switches.draft_hours = 0;
    const content = { name: "cards", etag: null, body: set } as const;
    await one.db.write(["content"], (transaction) =>
      transaction.objectStore("content").put(content),
    );
    await one.cards.load();
    expect(one.drafts.areKept()).toBe(false);
    await one.drafts.save("boa", { what: "iets" });
    expect(await (await one.db.open()).count("drafts")).toBe(0);
  });

  test("is not kept when nobody is signed in", async () => {
    const one = await phone();
    expect(one.drafts.areKept()).toBe(false);
    await one.drafts.save("boa", { what: "iets" });
    expect(await (await one.db.open()).count("drafts")).toBe(0);
  });

  test("that was removed is gone", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", {});
    await one.drafts.remove("boa");
    expect(await one.drafts.list()).toEqual([]);
  });
});

describe("what is ticked while reading", () => {
  test("is there again after the app was closed", async () => {
    const one = await signedInPhone();
    one.choice.toggle("boa", "BOA-05");
    one.choice.toggle("boa", "BOA-07");
    one.choice.toggle("boa", "BOA-05");
    await one.drafts.settled();
    const next = await phone();
    await next.session.load();
    await next.choice.load("boa");
    expect(next.choice.ticked("boa")).toEqual(["BOA-07"]);
  });

  test("can be cleared, and the clearing undone", async () => {
    const one = await signedInPhone();
    one.choice.toggle("boa", "BOA-05");
    one.choice.clear("boa");
    expect(one.choice.ticked("boa")).toEqual([]);
    one.choice.undoClear("boa");
    expect(one.choice.ticked("boa")).toEqual(["BOA-05"]);
  });

  test("tells the screen", async () => {
    const one = await signedInPhone();
    const changed = vi.fn();
    one.choice.onChange(changed);
    one.choice.toggle("boa", "BOA-05");
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("is not for the next person", async () => {
    const one = await signedInPhone();
    one.choice.toggle("boa", "BOA-05");
    await one.session.signOut();
    expect(one.choice.ticked("boa")).toEqual([]);
  });
});
