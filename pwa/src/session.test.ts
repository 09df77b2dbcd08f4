import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer, PERSON, problem } from "./testing/server";
import type { ObservationChange } from "./types";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

const OTHER = { ...PERSON, id: "22222222-2222-4222-8222-222222222222", name: "Mark de Boer" };

const told = (id: string): ObservationChange => ({
  kind: "observation",
  id,
  receipt: "7K2-4MX",
  card: "boa",
  card_version: 3,
  area: null,
  date: "2026-11-21",
  signals: 2,
  state: "read",
  received_at: "2026-11-21T20:42:00Z",
  made_at: "2026-11-21T20:40:00Z",
  read_by: null,
  answer_by: null,
  feedback: [],
  additions: [],
  withdrawal: null,
});

describe("who is signed in", () => {
  test("is known again at the next start, without a network", async () => {
    await signedInPhone();
    server.twists = [];
    const next = await phone();
    expect(next.session.current()).toBeNull();
    await next.session.load();
    expect(next.session.current()).toEqual(PERSON);
    expect(next.session.state()).toBe("in");
  });

  test("stays, when the disk is read at another tab's word while this is being written", async () => {
    const one = await phone();
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, "encrypt").mockImplementation(async (...all) => {
      const sealed = await encrypt(...all);
      await one.session.load();
      return sealed;
    });
    await one.session.signIn({ code: "ABCD2345" });
    expect(one.session.current()).toEqual(PERSON);
  });

  test("is not readable in the store", async () => {
    const one = await signedInPhone();
    const kept = JSON.stringify(await (await one.db.open()).getAll("meta"));
    expect(kept).not.toContain(PERSON.name);
  });

  test("stays known when the session ended, and can still record and deliver", async () => {
    const one = await signedInPhone();
    server.signedIn = false;
    expect(await one.session.check()).toBe("expired");
    expect(one.session.current()).toEqual(PERSON);
    await one.outbox.add(observation());
    await one.drain.drain();
    expect(server.stored.size).toBe(1);
  });

  test("is seen to be signed out at any call that says so", async () => {
    const one = await signedInPhone();
    server.always = () => problem(401);
    await one.drain.drain().catch(() => undefined);
    await vi.waitFor(() => expect(one.session.state()).toBe("expired"));
    expect(one.session.current()).toEqual(PERSON);
  });

  test("without an answer of the server nothing changes", async () => {
    const one = await signedInPhone();
    server.calls.length = 0;
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    expect(await one.session.check()).toBe("in");
  });

  test("the delivery key is kept under the device's own key and reused", async () => {
    const one = await signedInPhone();
    const kept = await (await one.db.open()).get("keys", "delivery");
    expect(new TextDecoder().decode((kept as { data: ArrayBuffer }).data)).not.toContain(
      "delivery-key",
    );
    await one.session.signIn({ code: "ABCD2345" });
    expect(server.calls.at(-1)?.headers.get("Authorization")).toBe("Bearer delivery-key");
  });

  test("keys cannot leave the device", async () => {
    const one = await signedInPhone();
    for (const key of [await one.vault.deviceKey(), await one.vault.personKey(PERSON.id)]) {
      await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
    }
  });
});

describe("signing out", () => {
  test("erases the key, the list and the drafts, and keeps what waits to be sent", async () => {
    const one = await signedInPhone();
    await one.drafts.save("boa", { what: "iets" });
    await one.outbox.add(observation());
    await one.mine.applyChanges([told(crypto.randomUUID())]);
    await one.session.signOut();
    const db = await one.db.open();
    expect(await db.getAllKeys("keys")).toEqual(["delivery", "device", "device:id"]);
    expect([await db.count("mine"), await db.count("drafts"), await db.count("items")]).toEqual([
      0, 0, 1,
    ]);
    expect(one.session.state()).toBe("out");
    await one.drain.drain();
    expect(server.stored.size).toBe(1);
  });

  test("without a network the server hears of it later", async () => {
    const one = await signedInPhone();
    const honest = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await one.session.signOut();
    expect(server.signedIn).toBe(true);
    globalThis.fetch = honest;
    const next = await phone();
    await next.session.load();
    await next.session.check();
    expect(server.signedIn).toBe(false);
  });

  test("another person sees nothing of the first, whose items still go", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    await one.drafts.save("boa", { what: "iets" });
    await one.session.signOut();
    server.person = OTHER;
    await one.session.signIn({ code: "EFGH2345" });
    expect(await one.mine.list()).toEqual([]);
    expect(await one.outbox.count()).toBe(0);
    expect(await one.outbox.waiting()).toEqual([]);
    expect(await one.drafts.load("boa")).toBeNull();
    await one.drain.drain();
    expect(server.stored.size).toBe(1);
  });

  test("who signs in without the first signing out takes nothing over either", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told(crypto.randomUUID())]);
    server.person = OTHER;
    await one.session.signIn({ code: "EFGH2345" });
    expect(await (await one.db.open()).count("mine")).toBe(0);
    await expect(one.vault.personKey(PERSON.id)).rejects.toMatchObject({ name: "KeyGone" });
  });

  test("the same person finds the whole list again, from the beginning", async () => {
    const one = await signedInPhone();
    server.cursor = 12;
    await one.drain.drain();
    await one.session.signOut();
    await one.session.signIn({ code: "ABCD2345" });
    server.changes = [told(crypto.randomUUID())];
    await one.drain.drain();
    expect(server.syncs().at(-1)?.cursor).toBe(0);
    expect(await one.mine.list()).toHaveLength(1);
  });

  describe("while the server is asked whether the session stands", () => {
    /** The server answers as it is; before that answer is here, something happens on the phone. */
    function meanwhile(happens: () => Promise<unknown>): void {
      // There is something to write down in it.
      server.pushKey = "BBBB";
      const honest = globalThis.fetch;
      globalThis.fetch = async (url, init) => {
        const answer = await honest(url, init);
        if (init?.method === "GET" && String(url).endsWith("/session")) {
          globalThis.fetch = honest;
          await happens();
        }
        return answer;
      };
    }

    /** A second tab; neither hears anything of the other. */
    async function twoTabs() {
      vi.stubGlobal("BroadcastChannel", undefined);
      const one = await signedInPhone();
      const other = await phone();
      await other.session.load();
      return [one, other] as const;
    }

    test.each(["in this tab", "in another tab"])(
      "%s is not undone by the answer",
      async (where) => {
        const [one, other] = await twoTabs();
        const leaves = where === "in this tab" ? one : other;
        meanwhile(() => leaves.session.signOut());
        expect(await one.session.check()).toBe("out");
        const db = await one.db.open();
        expect(await db.get("meta", "session")).toBeUndefined();
        expect(await db.getAllKeys("keys")).toEqual(["delivery", "device", "device:id"]);
      },
    );

    test("without a network is not undone by it either", async () => {
      const one = await signedInPhone();
      meanwhile(() => {
        const honest = globalThis.fetch;
        globalThis.fetch = () => Promise.reject(new TypeError("no network"));
        return one.session.signOut().finally(() => {
          globalThis.fetch = honest;
        });
      });
      expect(await one.session.check()).toBe("out");
      expect(await one.db.readMeta("session")).toBeUndefined();
      expect(await one.db.readMeta("sign out")).toBe(PERSON.id);
    });

    test.each(["in this tab", "in another tab"])(
      "who comes after %s keeps key and drafts",
      async (where) => {
        const [one, other] = await twoTabs();
        const { session, drafts } = where === "in this tab" ? one : other;
        meanwhile(async () => {
          await session.signOut();
          server.person = OTHER;
          await session.signIn({ code: "EFGH2345" });
          await drafts.save("boa", { what: "iets" });
        });
        await one.session.check();
        expect(one.session.current()).toEqual(OTHER);
        const next = await phone();
        await next.session.load();
        expect(next.session.current()).toEqual(OTHER);
        expect(await next.drafts.load("boa")).toMatchObject({ form: { what: "iets" } });
      },
    );
  });

  test("in another tab is not undone by a word that the session ended", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const one = await signedInPhone();
    const other = await phone();
    await other.session.load();
    await other.session.signOut();
    await one.session.expire();
    expect(one.session.state()).toBe("out");
    expect(await one.db.readMeta("session")).toBeUndefined();
  });

  test("changes that arrive after signing out leave nothing behind", async () => {
    const one = await signedInPhone();
    server.twists = [
      async (honest) => {
        server.changes = [told(crypto.randomUUID())];
        const answer = honest();
        await one.session.signOut();
        return answer;
      },
    ];
    await one.drain.drain();
    const db = await one.db.open();
    expect(await db.count("mine")).toBe(0);
    expect(await db.get("meta", `cursor:${PERSON.id}`)).toBeUndefined();
  });
});

test("another tab follows at once", async () => {
  const one = await signedInPhone();
  const other = await phone();
  await other.session.load();
  const followed = vi.fn();
  other.session.onChange(followed);
  await one.session.signOut();
  await vi.waitFor(() => expect(other.session.current()).toBeNull());
  await vi.waitFor(() => expect(followed).toHaveBeenCalled());
});
