import { beforeEach, describe, expect, test, vi } from "vitest";
import { pause } from "./backoff";
import type { Reason } from "./sync";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer, problem } from "./testing/server";

// The real one, also where a test moves the time.
const realTimeout = setTimeout;
const moment = () => new Promise((next) => realTimeout(next, 1));

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
  vi.useFakeTimers({
    toFake: ["Date", "setTimeout", "clearTimeout", "setInterval"],
    shouldAdvanceTime: false,
  });
});

const posts = () => server.calls.filter((call) => call.path === "/sync").length;
const later = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000);

describe("the pause after failures", () => {
  test("starts at 1 second and doubles to 5 minutes", () => {
    const full = [1, 2, 3, 4, 9, 10, 40].map((failures) => pause(failures, 1));
    expect(full).toEqual([1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
  });

  test("is spread, so that 300 devices do not come back together", () => {
    expect(pause(1, 0)).toBe(500);
    expect(pause(10, 0.5)).toBe(225_000);
  });

  test("is another one on every phone", () => {
    const all = Array.from({ length: 300 }, () => pause(10));
    expect(new Set(all).size).toBeGreaterThan(250);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(150_000);
    expect(Math.max(...all)).toBeLessThanOrEqual(300_000);
  });
});

describe("run", () => {
  test("ends idle and online, and remembers when", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    await one.sync.run("added");
    expect(one.sync.state()).toMatchObject({ phase: "idle", online: true });
    expect(one.sync.state().lastSuccess).toBeInstanceOf(Date);
  });

  test("asks nothing on a device where nobody ever signed in", async () => {
    const one = await phone();
    await one.sync.run("start");
    expect(server.calls).toEqual([]);
    expect(one.sync.state()).toEqual({ phase: "idle", online: null });
  });

  test("says why nothing is sent, and that it waits", async () => {
    const one = await signedInPhone();
    server.always = () => problem(503);
    await one.sync.run("start");
    expect(one.sync.state()).toMatchObject({ phase: "waiting", online: true, problem: "busy" });
    server.always = () => Promise.reject(new TypeError("no network"));
    await one.sync.run("button");
    expect(one.sync.state()).toMatchObject({ phase: "waiting", online: false, problem: "offline" });
  });

  test("a captive portal counts as no network", async () => {
    const one = await signedInPhone();
    server.always = () => new Response("<html>", { headers: { "Content-Type": "text/html" } });
    await one.sync.run("start");
    expect(one.sync.state()).toMatchObject({ online: false, problem: "strange" });
  });

  test("the timer keeps to the pause, somebody's tap does not", async () => {
    const one = await signedInPhone();
    server.twists = [() => problem(500), () => problem(500)];
    await one.sync.run("start");
    await one.sync.run("timer");
    expect(posts()).toBe(1);
    await one.sync.run("button");
    expect(posts()).toBe(2);
  });

  test("a clock that is set back does not make a pause last for days", async () => {
    const one = await signedInPhone();
    server.twists = [() => problem(429, { "Retry-After": "120" })];
    await one.sync.run("start");
    vi.setSystemTime(Date.now() - 86_400_000);
    await one.sync.run("timer");
    expect(posts()).toBe(2);
  });

  test.each<Reason>(["added", "online", "visible", "signed in", "push", "timer", "retry"])(
    "Retry-After is obeyed, whatever else would have it go sooner (%s)",
    async (reason) => {
      const one = await signedInPhone();
      server.twists = [() => problem(429, { "Retry-After": "120" })];
      await one.sync.run("start");
      later(119);
      await one.sync.run(reason);
      expect(posts()).toBe(1);
    },
  );

  test("Retry-After is obeyed, also after a tap", async () => {
    const one = await signedInPhone();
    server.twists = [() => problem(429, { "Retry-After": "120" })];
    await one.sync.run("start");
    later(100);
    await one.sync.run("button");
    expect(posts()).toBe(1);
    later(20.1);
    await one.sync.run("button");
    expect(posts()).toBeGreaterThan(1);
  });

  test.each([
    [0, 120.4],
    [0.999, 120.9],
  ])(
    "who was asked to wait as long as others does not come back with them (%s)",
    async (random, early) => {
      vi.spyOn(Math, "random").mockReturnValue(random);
      const one = await signedInPhone();
      server.twists = [() => problem(429, { "Retry-After": "120" })];
      await one.sync.run("start");
      later(early);
      expect(posts()).toBe(1);
      later(0.2);
      await vi.waitFor(() => expect(posts()).toBeGreaterThan(1));
    },
  );

  test("nobody in between makes the phone wait for longer than an hour", async () => {
    const one = await signedInPhone();
    server.twists = [() => problem(503, { "Retry-After": "99999999" })];
    await one.sync.run("start");
    later(3_601);
    await one.sync.run("button");
    expect(posts()).toBeGreaterThan(1);
  });

  test("after a failure it is tried again without anybody doing anything", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    server.twists = [() => problem(503)];
    await one.sync.run("added");
    later(1.1);
    await vi.waitFor(() => expect(one.sync.state().phase).toBe("idle"));
    expect(server.stored.size).toBe(1);
  });

  test("a hundred failures lose nothing", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    server.always = () => problem(500);
    for (let i = 0; i < 100; i += 1) await one.sync.run("button");
    server.always = null;
    await one.sync.run("button");
    await one.sync.run("button");
    expect(server.stored.size).toBe(1);
  });

  test("what is added while a request is out is sent too", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation());
    server.twists = [
      async (honest) => {
        await one.outbox.add(observation());
        void one.sync.run("added");
        return honest();
      },
    ];
    await one.sync.run("added");
    await vi.waitFor(() => expect(server.stored.size).toBe(2));
  });

  test("the screen sees an item go from saved to sending to received", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    expect(await one.mine.one(item.id)).toMatchObject({ status: "saved" });
    server.twists = [
      async (honest) => {
        expect(await one.mine.one(item.id)).toMatchObject({ status: "sending" });
        return honest();
      },
    ];
    await one.sync.run("added");
    expect(await one.mine.one(item.id)).toMatchObject({ status: "received" });
  });
});

describe("by itself", () => {
  const page = () => {
    const events = new EventTarget();
    const documents = Object.assign(new EventTarget(), { visibilityState: "visible" });
    vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
    vi.stubGlobal("document", documents);
    return { events, documents };
  };

  test("it starts at once, when the network returns, when seen, and each minute while seen", async () => {
    const { events, documents } = page();
    const one = await signedInPhone();
    const settled = (count: number) =>
      vi.waitFor(() => {
        expect(posts()).toBe(count);
        expect(one.sync.state().phase).toBe("idle");
      });
    one.sync.start();
    await settled(1);
    events.dispatchEvent(new Event("online"));
    await settled(2);
    documents.dispatchEvent(new Event("visibilitychange"));
    await settled(3);
    later(60);
    await settled(4);
    documents.visibilityState = "hidden";
    documents.dispatchEvent(new Event("visibilitychange"));
    later(60);
    await settled(4);
  });

  test.each([429, 503])("it asks a server that says %i all day less and less", async (status) => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    page();
    const moments: number[] = [];
    server.always = () => {
      moments.push(Date.now() / 1_000);
      return problem(status);
    };
    const one = await signedInPhone();
    await one.outbox.add(observation());
    one.sync.start();
    while (moments.length < 13) {
      vi.advanceTimersToNextTimer();
      do await moment();
      while (one.sync.state().phase === "sending");
    }
    const waits = moments.slice(1).map((asked, at) => asked - (moments[at] ?? 0));
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  test("a network that just returned is tried again soon, however often it failed before", async () => {
    const { events } = page();
    const one = await signedInPhone();
    await one.outbox.add(observation());
    server.always = () => Promise.reject(new TypeError("no network"));
    one.sync.start();
    for (let i = 0; i < 20; i += 1) await one.sync.run("button");
    const before = posts();
    events.dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(posts()).toBeGreaterThan(before));
    await vi.waitFor(() => expect(one.sync.state().phase).toBe("waiting"));
    server.always = null;
    later(1.1);
    await vi.waitFor(() => expect(server.stored.size).toBe(1));
  });

  test("it sends what was added, and asks the system to do so when the app closes", async () => {
    page();
    const register = vi.fn(() => Promise.resolve());
    const registration = { sync: { register } };
    Object.assign(navigator, {
      serviceWorker: { getRegistration: () => Promise.resolve(registration) },
    });
    const one = await signedInPhone();
    one.sync.start();
    await one.outbox.add(observation());
    await vi.waitFor(() => expect(server.stored.size).toBe(1));
    expect(register).toHaveBeenCalledWith("outbox");
  });
});
