import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation } from "./testing/items";
import { fakeServer, problem } from "./testing/server";
import { FakeCache, fakeWorker, pageRequest } from "./testing/worker";

const FILES = ["/index.html", "/assets/core-1.js", "/favicon.svg"];

/** An item of somebody who signed in in the app, which is closed by now. */
async function leaveWaiting(): Promise<void> {
  const session = await import("./session");
  const outbox = await import("./outbox");
  await session.signIn({ code: "ABCD2345" });
  await outbox.add(observation());
  vi.resetModules();
}

async function worker(version = "two", stores?: Map<string, FakeCache>) {
  const fake = fakeWorker(version, FILES, stores);
  vi.resetModules();
  await import("./sw");
  return fake;
}

describe("the shell", () => {
  test("is fetched past the browser's own cache when installed, and takes nothing over", async () => {
    const { caches, dispatch, scope } = await worker();
    await dispatch("install");
    const cache = caches.stores.get("shell-two");
    expect([...(cache?.kept.keys() ?? [])]).toEqual(FILES);
    expect(cache?.asked.every((request) => request.cache === "reload")).toBe(true);
    expect(scope.skipWaiting).not.toHaveBeenCalled();
  });

  test("takes over after somebody agreed", async () => {
    const { dispatch, scope } = await worker();
    await dispatch("message", { data: "something else" });
    expect(scope.skipWaiting).not.toHaveBeenCalled();
    await dispatch("message", { data: "skip-waiting" });
    expect(scope.skipWaiting).toHaveBeenCalled();
  });

  const shells = async ({ caches }: Awaited<ReturnType<typeof worker>>) =>
    (await caches.keys()).filter((name) => name.startsWith("shell-"));

  /** These versions come one after the other, and only what was agreed to takes over. */
  async function come(versions: [name: string, how: "agreed" | "waits" | "fails"][]) {
    let fake = await worker("none");
    for (const [name, how] of versions) {
      fake = await worker(name, fake.caches.stores);
      if (how === "fails") {
        const error = new TypeError("no network");
        vi.spyOn(FakeCache.prototype, "addAll").mockRejectedValueOnce(error);
        await expect(fake.dispatch("install")).rejects.toThrow("no network");
      } else await fake.dispatch("install");
      if (how === "agreed") await fake.dispatch("activate");
    }
    return fake;
  }

  test("of the version before is kept for pages still open, older ones are not", async () => {
    const fake = await come([
      ["zero", "agreed"],
      ["one", "agreed"],
      ["two", "agreed"],
    ]);
    await fake.caches.open("other");
    expect(await shells(fake)).toEqual(["shell-one", "shell-two"]);
    expect(await fake.caches.keys()).toContain("other");
  });

  test("that pages run is kept when a version in between was only waiting", async () => {
    const fake = await come([
      ["one", "agreed"],
      ["never run", "waits"],
      ["two", "agreed"],
    ]);
    expect(await shells(fake)).toEqual(["shell-one", "shell-two"]);
  });

  test("that pages run is kept when a version in between could not be fetched", async () => {
    const fake = await come([
      ["one", "agreed"],
      ["broken", "fails"],
    ]);
    expect(await shells(fake)).toEqual(["shell-one"]);
    const next = await come([
      ["one", "agreed"],
      ["broken", "fails"],
      ["two", "agreed"],
    ]);
    expect(await shells(next)).toEqual(["shell-one", "shell-two"]);
  });

  test("that pages run is kept when its version did not note that it took over", async () => {
    const first = await come([["one", "agreed"]]);
    first.caches.stores.delete("taken-over");
    const fake = await worker("two", first.caches.stores);
    await fake.dispatch("install");
    await fake.dispatch("activate");
    expect(await shells(fake)).toEqual(["shell-one", "shell-two"]);
    const next = await worker("three", fake.caches.stores);
    await next.dispatch("install");
    await next.dispatch("activate");
    expect(await shells(next)).toEqual(["shell-two", "shell-three"]);
  });

  test("that pages run stays when the same version could not be fetched anew", async () => {
    const fake = await come([
      ["one", "agreed"],
      ["one", "fails"],
    ]);
    expect(await shells(fake)).toEqual(["shell-one"]);
  });

  test("that is still being fetched is not thrown away by the one that takes over", async () => {
    const fake = await come([
      ["one", "agreed"],
      ["two", "waits"],
    ]);
    await fake.caches.open("shell-three");
    await fake.dispatch("activate");
    expect(await shells(fake)).toEqual(["shell-one", "shell-two", "shell-three"]);
  });
});

describe("fetch", () => {
  let fake: Awaited<ReturnType<typeof worker>>;
  beforeEach(async () => {
    fake = await worker();
    await fake.dispatch("install");
    vi.stubGlobal("fetch", async () => new Response("from the network"));
  });
  const answer = async (request: Request) => (await fake.dispatch("fetch", { request }))?.text();

  test.each([
    ["a POST", pageRequest("/assets/core-1.js", { method: "POST" })],
    ["a call of the API", pageRequest("/api/v1/cards")],
    ["another origin", pageRequest("https://elders.example/index.html")],
  ])("%s is left alone", async (_name, request) => {
    expect(await answer(request)).toBeUndefined();
  });

  test("opening the app gives the kept shell", async () => {
    expect(await answer(pageRequest("/", { mode: "navigate" }))).toBe("/index.html");
    expect(await answer(pageRequest("/?bron=kaart", { mode: "navigate" }))).toBe("/index.html");
  });

  test.each([
    ["/ouders", "/#/kaart/ouders"],
    ["/papier/gemeente-intern", "/#/kaart/gemeente-intern"],
  ])("without network the page %s of the server gives way to the app", async (page, place) => {
    expect(await answer(pageRequest(page, { mode: "navigate" }))).toBe("from the network");
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    const told = await fake.dispatch("fetch", { request: pageRequest(page, { mode: "navigate" }) });
    const { pathname, hash } = new URL(told?.headers.get("Location") ?? "");
    expect(pathname + hash).toBe(place);
  });

  test("a file of the shell comes from the cache, another from the network", async () => {
    expect(await answer(pageRequest("/assets/core-1.js"))).toBe("/assets/core-1.js");
    expect(await answer(pageRequest("/assets/desk-1.js"))).toBe("from the network");
  });

  test("a file of the version before still comes, when a page asks for it", async () => {
    const before = await fake.caches.open("shell-one");
    before.kept.set("/assets/core-0.js", new Response("old file"));
    expect(await answer(pageRequest("/assets/core-0.js"))).toBe("old file");
  });

  test("another page of the server is fetched, and without a network the app is shown", async () => {
    const request = pageRequest("/licences.txt", { mode: "navigate" });
    expect(await answer(request)).toBe("from the network");
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    expect(await answer(request)).toBe("/index.html");
  });
});

describe("a push", () => {
  const push = (body: string | null) =>
    body === null ? null : { json: () => JSON.parse(body) as unknown };

  test.each([
    [
      "feedback",
      '{"kind":"feedback","tag":"f","url":"/#/mijn/1"}',
      "Er is een antwoord voor je.",
      "/#/mijn/1",
    ],
    [
      "a kind of a newer server",
      '{"kind":"news","url":"/#/mijn"}',
      "Er is nieuws voor je.",
      "/#/mijn",
    ],
    ["garbled", '{"kind":', "Er is nieuws voor je.", "/#/kaarten"],
    ["empty", null, "Er is nieuws voor je.", "/#/kaarten"],
    ["not an object", '"hoi"', "Er is nieuws voor je.", "/#/kaarten"],
    [
      "a link elsewhere",
      '{"kind":"test","url":"https://elders.example/"}',
      "Seintjes werken op dit toestel.",
      "/#/kaarten",
    ],
    [
      "a link elsewhere without scheme",
      '{"kind":"test","url":"//elders.example/#/"}',
      "Seintjes werken op dit toestel.",
      "/#/kaarten",
    ],
  ])("that is %s shows a notification", async (_name, body, text, url) => {
    const { dispatch, scope } = await worker();
    await dispatch("push", { data: push(body) });
    expect(scope.registration.showNotification).toHaveBeenCalledWith(
      "Signaalkaart",
      expect.objectContaining({ body: text, data: { url } }),
    );
  });

  test("that takes the place of one before it is heard too", async () => {
    const { dispatch, scope } = await worker();
    await dispatch("push", { data: push('{"kind":"observation","tag":"desk-sociaal"}') });
    await dispatch("push", { data: push(null) });
    const shown = scope.registration.showNotification.mock.calls.map(([, options]) => options);
    expect(shown).toMatchObject([
      { tag: "desk-sociaal", renotify: true },
      // A browser turns a notification down that is to be heard again and has no tag.
      { tag: "other", renotify: true },
    ]);
  });

  test("that is tapped opens the page", async () => {
    const { dispatch, scope } = await worker();
    const notification = { close: vi.fn(), data: { url: "/#/mijn/1" } };
    await dispatch("notificationclick", { notification });
    expect(notification.close).toHaveBeenCalled();
    expect(scope.clients.openWindow).toHaveBeenCalledWith("/#/mijn/1");
  });

  test("that is tapped while the app is open goes there without loading it again", async () => {
    const { dispatch, scope } = await worker();
    const open = { focus: vi.fn(async () => undefined), postMessage: vi.fn() };
    scope.clients.matchAll.mockResolvedValue([open]);
    const notification = { close: vi.fn(), data: { url: "https://elders.example" } };
    await dispatch("notificationclick", { notification });
    expect(open.focus).toHaveBeenCalled();
    expect(open.postMessage).toHaveBeenCalledWith({ go: "/#/kaarten" });
    expect(scope.clients.openWindow).not.toHaveBeenCalled();
  });
});

describe("in the background", () => {
  test("what waits is sent with the same code as in the app", async () => {
    const server = fakeServer();
    await leaveWaiting();
    const { dispatch } = await worker();
    await dispatch("sync", { tag: "outbox" });
    expect(server.stored.size).toBe(1);
  });

  test("a failure is passed on, so that the system tries again", async () => {
    const server = fakeServer();
    await leaveWaiting();
    server.always = () => problem(503);
    const { dispatch } = await worker();
    await expect(dispatch("sync", { tag: "outbox" })).rejects.toMatchObject({ kind: "busy" });
  });

  test("another tag does nothing", async () => {
    const server = fakeServer();
    const { dispatch } = await worker();
    await dispatch("sync", { tag: "other" });
    expect(server.calls).toEqual([]);
  });

  test("a subscription the push service ended is made again", async () => {
    fakeServer();
    await leaveWaiting();
    const honest = globalThis.fetch;
    const put = vi.fn(async () => new Response(null, { status: 204 }));
    vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
      url.endsWith("/push/subscription") ? put() : honest(url, init),
    );
    const { dispatch, scope } = await worker();
    await dispatch("pushsubscriptionchange");
    expect(scope.registration.pushManager.subscribe).toHaveBeenCalled();
    expect(put).toHaveBeenCalled();
  });
});
