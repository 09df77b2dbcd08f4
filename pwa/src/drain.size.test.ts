import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, type phone, signedInPhone } from "./testing/phone";
import { fakeServer, problem, type Twist } from "./testing/server";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

type Phone = Awaited<ReturnType<typeof phone>>;

async function withItems(count: number): Promise<Phone> {
  const one = await signedInPhone();
  for (let i = 0; i < count; i += 1) await one.outbox.add(observation());
  return one;
}

const states = async (one: Phone) =>
  (await (await one.db.open()).getAll("items")).map((row) => row.state).sort();
/** What `sync` would try later, after the test, does not happen. */
const noRetries = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
const sizes = () => server.syncs().map((request) => request.items.length);

describe("size", () => {
  test("20 items go in one round trip", async () => {
    const one = await withItems(20);
    await one.drain.drain();
    expect(sizes()).toEqual([20]);
  });

  test("at most 50 items go at once, until none is left", async () => {
    const one = await withItems(120);
    await one.drain.drain();
    expect(sizes()).toEqual([50, 50, 20]);
    expect(server.stored.size).toBe(120);
  });

  test("a request stays below 256 kB", async () => {
    const one = await signedInPhone();
    for (let i = 0; i < 20; i += 1)
      await one.outbox.add(observation({ sealed: "A".repeat(16_384) }));
    await one.drain.drain();
    const bytes = server.calls
      .filter((call) => call.path === "/sync")
      .map((call) => call.body.length);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(256 * 1024);
    expect(bytes.length).toBe(2);
  });

  test("after 413 the next request holds half, and an item that is too much alone waits on", async () => {
    const one = await withItems(4);
    const tooLarge = (await one.outbox.waiting())[0]?.id;
    server.always = (honest, call) =>
      call.body.includes(String(tooLarge)) ? problem(413) : honest();
    await expect(one.drain.drain()).rejects.toMatchObject({ status: 413 });
    expect(sizes()).toEqual([4, 2, 1, 1, 2]);
    expect((await one.outbox.waiting()).map((row) => row.id)).toEqual([tooLarge]);
    // Elsewhere there is no such box in between.
    server.always = null;
    await one.drain.drain();
    expect(await states(one)).toEqual(Array(4).fill("acknowledged"));
  });

  test("after a time-out the next request holds half", async () => {
    const one = await withItems(8);
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
    vi.stubGlobal("navigator", {});
    const late: Twist = () => Promise.reject(new DOMException("too slow", "TimeoutError"));
    server.twists = [late, late];
    for (let i = 0; i < 2; i += 1) await one.drain.drain().catch(() => undefined);
    vi.restoreAllMocks();
    await one.drain.drain();
    expect(sizes()).toEqual([8, 4, 2, 4, 2]);
    expect(server.stored.size).toBe(8);
  });

  test("the time limit lets 50 items arrive at 50 kbit/s", async () => {
    const { timeLimit } = await import("./round");
    const bytes = 250 * 1024;
    expect(timeLimit(bytes)).toBeGreaterThan(((bytes * 8) / 50_000) * 1000);
    expect(timeLimit(300)).toBeLessThan(20_000);
  });

  test("one item on which the server falls over lets the others through", async () => {
    const one = await withItems(3);
    const bad = (await one.outbox.waiting())[1]?.id;
    for (const status of [400, 500]) {
      await one.outbox.add(observation());
      server.always = (honest, call) =>
        call.body.includes(String(bad)) ? problem(status) : honest();
      for (let i = 0; i < 5; i += 1) await one.drain.drain().catch(() => undefined);
      expect((await one.outbox.waiting()).map((row) => row.id)).toEqual([bad]);
    }
  });

  const boxes: [string, Twist][] = [
    ["403", () => problem(403)],
    ["404", () => problem(404)],
    ["409", () => problem(409)],
    ["502", () => problem(502)],
    ["a line that is cut", () => Promise.reject(new TypeError("connection lost"))],
    ["a page with 200", () => new Response("<html>", { headers: { "Content-Type": "text/html" } })],
  ];

  test.each(boxes)("one item that always meets %s lets the others through", async (_name, box) => {
    const one = await withItems(5);
    const bad = (await one.outbox.waiting())[2]?.id;
    server.always = (honest, call) =>
      call.body.includes(String(bad)) ? box(honest, call) : honest();
    for (let i = 0; i < 4; i += 1) await one.drain.drain().catch(() => undefined);
    expect((await one.outbox.waiting()).map((row) => row.id)).toEqual([bad]);
    server.always = null;
    await one.drain.drain();
    expect(await states(one)).toEqual(Array(5).fill("acknowledged"));
  });

  test("one item on which the server falls silent lets the others through", async () => {
    const one = await withItems(5);
    const bad = (await one.outbox.waiting())[0]?.id;
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
    vi.stubGlobal("navigator", {});
    const late: Twist = () => Promise.reject(new DOMException("too slow", "TimeoutError"));
    server.always = (honest, call) =>
      call.body.includes(String(bad)) ? late(honest, call) : honest();
    for (let i = 0; i < 4; i += 1) await one.drain.drain().catch(() => undefined);
    vi.restoreAllMocks();
    expect((await one.outbox.waiting()).map((row) => row.id)).toEqual([bad]);
  });

  test("without a network nothing is made smaller, however often it was tried", async () => {
    const one = await withItems(20);
    server.always = () => Promise.reject(new TypeError("failed to fetch"));
    for (let i = 0; i < 6; i += 1) await one.drain.drain().catch(() => undefined);
    server.always = null;
    await one.drain.drain();
    expect(sizes().at(-1)).toBe(20);
  });

  test("one item that met a server in trouble goes at the next try", async () => {
    const one = await withItems(1);
    server.twists = [() => problem(500)];
    await expect(one.drain.drain()).rejects.toMatchObject({ status: 500 });
    await one.drain.drain();
    expect(server.stored.size).toBe(1);
  });

  test("of several on which the server fell over, each has its turn", async () => {
    const one = await withItems(3);
    const [bad, ...rest] = (await one.outbox.waiting()).map((row) => row.id);
    server.always = () => problem(500);
    for (let i = 0; i < 6; i += 1) await one.drain.drain().catch(() => undefined);
    server.always = (honest, call) => (call.body.includes(String(bad)) ? problem(500) : honest());
    for (let i = 0; i < 3; i += 1) await one.drain.drain().catch(() => undefined);
    expect([...server.stored.keys()].sort()).toEqual(rest.sort());
  });

  test("what one item met makes the others wait for nothing, and it is tried again later", async () => {
    noRetries();
    const one = await withItems(2);
    const bad = (await one.outbox.waiting())[0]?.id;
    server.always = (honest, call) =>
      call.body.includes(String(bad)) ? problem(413, { "Retry-After": "3600" }) : honest();
    await one.sync.run("button");
    expect(one.sync.state()).toMatchObject({ phase: "waiting", problem: "refused" });
    await one.outbox.add(observation());
    await one.sync.run("added");
    expect((await one.outbox.waiting()).map((row) => row.id)).toEqual([bad]);
  });

  test.each(boxes)(
    "one item that always meets %s does not pass for no network",
    async (_name, box) => {
      noRetries();
      const one = await withItems(1);
      const bad = (await one.outbox.waiting())[0]?.id;
      server.always = (honest, call) =>
        call.body.includes(String(bad)) ? box(honest, call) : honest();
      for (let i = 0; i < 4; i += 1) await one.sync.run("button");
      expect(one.sync.state()).toMatchObject({
        phase: "waiting",
        online: true,
        problem: "refused",
      });
    },
  );

  test("one that another tab sent after it was put aside takes no other's turn", async () => {
    const one = await withItems(2);
    const [first] = await one.outbox.waiting();
    server.always = (honest, call) => (call.body.includes('"items":[]') ? honest() : problem(413));
    await expect(one.drain.drain()).rejects.toMatchObject({ status: 413 });
    await one.outbox.settle([{ id: String(first?.id), result: "known" }]);
    server.always = null;
    await one.drain.drain();
    expect(await one.outbox.total()).toBe(0);
  });

  test("what meets a line that is only just back goes once more at once", async () => {
    const one = await withItems(1);
    const lost: Twist = () => Promise.reject(new TypeError("network changed"));
    server.always = lost;
    for (let i = 0; i < 3; i += 1) await one.drain.drain().catch(() => undefined);
    server.always = null;
    server.twists = [lost];
    await one.drain.drain();
    expect(server.stored.size).toBe(1);
  });

  test("a server that takes nothing is not asked for each item, at no try", async () => {
    const one = await withItems(60);
    server.always = (honest, call) => (call.body.includes('"items":[]') ? honest() : problem(500));
    for (let i = 0; i < 6; i += 1) {
      const before = sizes().length;
      await expect(one.drain.drain()).rejects.toMatchObject({ status: 500 });
      expect(sizes().length - before).toBeLessThan(20);
    }
    server.always = null;
    await one.drain.drain();
    expect(server.stored.size).toBe(60);
  });
});
