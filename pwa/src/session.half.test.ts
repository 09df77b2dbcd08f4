import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, type phone, signedInPhone } from "./testing/phone";
import { fakeServer, json, PERSON, type Twist } from "./testing/server";
import type { ObservationChange, SyncAnswer } from "./types";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

type Phone = Awaited<ReturnType<typeof phone>>;

const OTHER = { ...PERSON, id: "22222222-2222-4222-8222-222222222222", name: "Mark de Boer" };

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

const broken = () =>
  new ReadableStream({ start: (body) => body.error(new TypeError("network error")) });

/** Somebody signs in; the session stands, and of the answer only the headers arrive. */
async function signInHalf(one: Phone, person = OTHER): Promise<void> {
  const honest = globalThis.fetch;
  server.person = person;
  globalThis.fetch = async (url, init) => {
    const { status, headers } = await honest(url, init);
    return new Response(broken(), { status, headers });
  };
  await expect(one.session.signIn({ code: "EFGH2345" })).rejects.toMatchObject({ kind: "offline" });
  globalThis.fetch = honest;
}

/** The first is in and has heard up to 40; then the second signs in half. */
async function halfOver(): Promise<Phone> {
  const one = await signedInPhone();
  server.cursor = 40;
  server.changes = [change(crypto.randomUUID())];
  await one.drain.drain();
  await one.outbox.add(observation());
  await signInHalf(one);
  expect(one.session.current()).toEqual(PERSON);
  return one;
}

const heardOf = async (one: Phone) => [
  await (await one.db.open()).count("mine"),
  await one.db.readMeta(`cursor:${PERSON.id}`),
];

// Tells whatever the session's person may hear, whoever the phone says to show.
const careless: Twist = async (honest) => {
  const answer = (await honest().json()) as SyncAnswer;
  return json({ ...answer, changes: [change(crypto.randomUUID())], cursor: 3, more: true });
};

describe("after a sign-in whose answer was cut", () => {
  test("the phone says whom it shows, and the first hears nothing of the second", async () => {
    const one = await halfOver();
    server.changes = [change(crypto.randomUUID())];
    await one.drain.drain();
    expect(server.syncs().at(-1)?.by).toBe(PERSON.id);
    expect(await heardOf(one)).toEqual([1, 40]);
  });

  test("what the server tells the second all the same is put under nobody", async () => {
    const one = await halfOver();
    server.always = careless;
    await one.drain.drain();
    expect(await heardOf(one)).toEqual([1, 40]);
    // What the outcomes say holds for the device, and a lower cursor is no restored server.
    expect(await one.outbox.total()).toBe(0);
    expect(server.syncs().filter(({ items }) => items.length > 0)).toHaveLength(1);
  });

  test("a restored server is still believed, and the first hears it all anew", async () => {
    const one = await halfOver();
    server.epoch = "second";
    await one.drain.drain();
    expect(await heardOf(one)).toEqual([1, 0]);
  });

  test.each(["when the session is asked for", "when a sync tells whose it is"])(
    "the second is shown %s, and what the first reported still goes",
    async (when) => {
      const one = await halfOver();
      if (when.includes("sync")) await one.drain.drain(({ person }) => one.session.hear(person));
      else await one.session.check();
      expect(one.session.current()).toEqual(OTHER);
      expect(await one.db.readMeta(`cursor:${PERSON.id}`)).toBeUndefined();
      await expect(one.vault.personKey(PERSON.id)).rejects.toMatchObject({ name: "KeyGone" });
      await one.drain.drain();
      expect(server.stored.size).toBe(1);
      server.changes = [change(crypto.randomUUID())];
      await one.drain.drain();
      expect(await one.mine.list()).toHaveLength(1);
    },
  );

  test("who signs out sees nobody, also not the second", async () => {
    const one = await halfOver();
    await one.session.signOut();
    expect(server.signedIn).toBe(false);
    await one.drain.drain(({ person }) => one.session.hear(person));
    expect(one.session.current()).toBeNull();
  });

  test("who signs out without network sees nobody later, also not the second", async () => {
    const one = await halfOver();
    const honest = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await one.session.signOut();
    globalThis.fetch = honest;
    await one.drain.drain(({ person }) => one.session.hear(person));
    expect(server.signedIn).toBe(false);
    expect(one.session.current()).toBeNull();
  });

  test("once it is known who came in, a later sign-out says again whose it is", async () => {
    const one = await halfOver();
    await one.session.check();
    const honest = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await one.session.signOut();
    globalThis.fetch = honest;
    expect(await one.db.readMeta("sign out")).toBe(OTHER.id);
  });

  test("a session that was asked for before the sign-in says nothing about it", async () => {
    const one = await signedInPhone();
    const honest = globalThis.fetch;
    const told: (() => void)[] = [];
    globalThis.fetch = async (url, init) => {
      const answer = await honest(url, init);
      await new Promise<void>((resolve) => told.push(resolve));
      return answer;
    };
    const asked = one.session.check();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    server.person = OTHER;
    globalThis.fetch = async (url, init) => {
      const { status, headers } = await honest(url, init);
      told[0]?.();
      await asked;
      return new Response(broken(), { status, headers });
    };
    await expect(one.session.signIn({ code: "EFGH2345" })).rejects.toMatchObject({
      kind: "offline",
    });
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await one.session.signOut();
    expect(await one.db.readMeta("sign out")).toBe(true);
    globalThis.fetch = honest;
    await one.session.check();
    expect(server.signedIn).toBe(false);
  });

  test("by who was expired here, the same person is in again", async () => {
    const one = await signedInPhone();
    await one.session.expire();
    await signInHalf(one, PERSON);
    await one.drain.drain(({ person }) => one.session.hear(person));
    expect(one.session.state()).toBe("in");
  });

  test("on a phone where nobody was in, who it was is shown", async () => {
    const one = await signedInPhone();
    await one.session.signOut();
    await signInHalf(one);
    await one.drain.drain(({ person }) => one.session.hear(person));
    expect(one.session.current()).toEqual(OTHER);
  });
});

test("a sync that says that nobody is signed in is heard as such", async () => {
  const one = await signedInPhone();
  server.signedIn = false;
  await one.drain.drain(({ person }) => one.session.hear(person));
  expect(one.session.state()).toBe("expired");
  const asked = server.calls.length;
  await one.drain.drain(({ person }) => one.session.hear(person));
  expect(server.calls.length - asked).toBe(1);
});
