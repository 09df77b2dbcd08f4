import { beforeEach, describe, expect, test, vi } from "vitest";
import { cardSet } from "./testing/content";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer, json } from "./testing/server";

let server: ReturnType<typeof fakeServer>;
let asked: string[];
let fromWorker: EventTarget;

beforeEach(() => {
  server = fakeServer();
  asked = [];
  const rest = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(url.replace("/api/v1", ""));
    if (url === "/api/v1/cards") return json(cardSet("1"), { headers: { ETag: '"1"' } });
    return rest(url, init);
  });
  fromWorker = Object.assign(new EventTarget(), { getRegistration: async () => undefined });
  Object.assign(navigator, {
    serviceWorker: fromWorker,
    setAppBadge: vi.fn(async () => undefined),
    clearAppBadge: vi.fn(async () => undefined),
    storage: { persisted: async () => false, persist: vi.fn(async () => true) },
  });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("setInterval", () => 0);
  vi.stubGlobal("location", { hash: "" });
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
});

async function started() {
  const one = await phone();
  const start = await import("./start");
  await (await import("./opening")).load();
  start.connect(null);
  await vi.waitFor(() => expect(one.sync.state().phase).toBe("idle"));
  return one;
}

describe("opening the app", () => {
  test("reads what is kept without asking the network anything", async () => {
    await phone();
    await (await import("./opening")).load();
    expect(asked).toEqual([]);
  });

  test("fetches cards and areas and syncs, beside the screen", async () => {
    await signedInPhone();
    await started();
    await vi.waitFor(() =>
      expect(asked).toEqual(expect.arrayContaining(["/cards", "/areas", "/sync"])),
    );
  });

  test("signing in fetches the own cards and list at once", async () => {
    const one = await started();
    asked.length = 0;
    await one.session.signIn({ code: "ABCD2345" });
    await vi.waitFor(() => expect(asked).toEqual(expect.arrayContaining(["/cards", "/sync"])));
    expect(asked.filter((path) => path === "/cards")).toHaveLength(1);
  });

  test("a page that is being left begins to write nothing", async () => {
    const { db } = await started();
    const opened = await db.open();
    const begun = vi.spyOn(opened, "transaction");
    Object.assign(document, { visibilityState: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun.mock.calls.filter(([, mode]) => mode === "readwrite")).toEqual([]);
    Object.assign(document, { visibilityState: "visible" });
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.waitFor(() =>
      expect(begun.mock.calls.filter(([, mode]) => mode === "readwrite")).not.toEqual([]),
    );
  });

  test("signing out without a network is finished at the next opening with one", async () => {
    const one = await signedInPhone();
    const honest = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await one.session.signOut();
    globalThis.fetch = honest;
    await started();
    await vi.waitFor(() => expect(server.signedIn).toBe(false));
  });

  test("signing out without a network is finished as soon as the server answers again", async () => {
    await signedInPhone();
    const one = await started();
    const honest = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await one.session.signOut();
    globalThis.fetch = honest;
    expect(server.signedIn).toBe(true);
    await one.sync.run("online");
    await vi.waitFor(() => expect(server.signedIn).toBe(false));
  });

  test("signing out ends the notifications on this device", async () => {
    const unsubscribe = vi.fn(async () => true);
    const pushManager = { getSubscription: async () => ({ unsubscribe }) };
    Object.assign(fromWorker, { getRegistration: async () => ({ pushManager }) });
    vi.stubGlobal("PushManager", class {});
    vi.stubGlobal("Notification", { permission: "granted" });
    await signedInPhone();
    const one = await started();
    await one.session.signOut();
    await vi.waitFor(() => expect(unsubscribe).toHaveBeenCalled());
  });

  test("what is added is sent and counted on the icon until it arrived", async () => {
    const one = await started();
    await one.session.signIn({ code: "ABCD2345" });
    server.always = () => Promise.reject(new TypeError("no network"));
    await one.outbox.add(observation());
    await vi.waitFor(() => expect(navigator.setAppBadge).toHaveBeenCalledWith(1));
    server.always = null;
    await one.sync.run("button");
    await vi.waitFor(() => expect(navigator.clearAppBadge).toHaveBeenCalled());
    expect(server.stored.size).toBe(1);
  });

  test("a tap on a notification goes to its page, and nowhere else", async () => {
    await started();
    const say = (data: unknown) =>
      fromWorker.dispatchEvent(Object.assign(new Event("message"), { data }));
    say({ go: "https://elders.example/" });
    expect(location.hash).toBe("");
    say({ go: "/#/mijn/1" });
    expect(location.hash).toBe("#/mijn/1");
  });
});

describe("keeping what is stored", () => {
  test("is asked once, and the answer is remembered", async () => {
    await phone();
    const { answer, ask } = await import("./persist");
    expect(await answer()).toBeNull();
    expect(await ask()).toBe(true);
    expect(await answer()).toBe(true);
  });

  test("can be refused, and that is said as it is", async () => {
    Object.assign(navigator.storage, { persist: async () => false });
    await phone();
    const { answer, ask } = await import("./persist");
    expect(await ask()).toBe(false);
    expect(await answer()).toBe(false);
  });
});
