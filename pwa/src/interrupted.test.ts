import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer, json, problem, type Twist } from "./testing/server";
import type { SyncAnswer } from "./types";

// The real one, also where a test moves the time.
const realTimeout = setTimeout;
const moment = () => new Promise((next) => realTimeout(next, 1));

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

async function withItems(count: number) {
  const one = await signedInPhone();
  const items = Array.from({ length: count }, () => observation());
  for (const item of items) await one.outbox.add(item);
  return { one, items };
}

const sent = () => server.syncs().map(({ items }) => items.map(({ id }) => id));
const posts = () => server.calls.filter(({ path }) => path === "/sync").length;

describe("withdrawn while the request with it is out", () => {
  const said =
    (result: "refused" | "conflict"): Twist =>
    async (honest) => {
      const answer = (await honest().json()) as SyncAnswer;
      return json({ ...answer, outcomes: answer.outcomes.map(({ id }) => ({ id, result })) });
    };
  const ends: [string, Twist][] = [
    ["it arrived", (honest) => honest()],
    [
      "its answer is lost",
      (honest) => {
        honest();
        throw new TypeError("connection lost");
      },
    ],
    ["it never arrived", () => Promise.reject(new TypeError("no network"))],
    ["the server fails", () => problem(503)],
    ["it is refused", said("refused")],
    ["it is in conflict", said("conflict")],
  ];

  test.each(ends)("there is one outcome, and its author is told, when %s", async (_name, end) => {
    const { one, items } = await withItems(1);
    const [item] = items;
    let done: string | undefined;
    server.twists = [
      async (honest, call) => {
        done = await one.outbox.withdraw(item?.id ?? "");
        return end(honest, call);
      },
    ];
    await one.drain.drain().catch(() => undefined);
    expect(done).toBe("asked");
    expect(await one.mine.one(item?.id ?? "")).toMatchObject({ withdrawal: "queued" });
    await one.drain.drain();
    const [first, ...later] = sent();
    expect(first).toEqual([item?.id]);
    // From then on only the withdrawal goes.
    const all = server.syncs().flatMap(({ items }) => items);
    const withdrawals = all.filter(({ kind }) => kind === "withdrawal");
    expect(withdrawals).toMatchObject([{ parent: item?.id }]);
    expect(later.flat()).toEqual(withdrawals.map(({ id }) => id));
    expect(await one.outbox.total()).toBe(0);
    expect(await one.mine.one(item?.id ?? "")).toBeUndefined();
  });
});

describe("access that ends while a hundred and twenty items are on their way", () => {
  test("by a revoked session strands nothing, and asks once to sign in", async () => {
    const { one, items } = await withItems(120);
    const states: string[] = [];
    one.session.onChange(() => states.push(one.session.state()));
    one.sync.whenAnswered(({ person }) => one.session.hear(person));
    server.twists = [
      (honest) => {
        server.signedIn = false;
        return honest();
      },
    ];
    await one.sync.run("button");
    await one.sync.run("button");
    expect(sent().flat().sort()).toEqual(items.map(({ id }) => id).sort());
    await vi.waitFor(() => expect(states).toEqual(["expired"]));
    expect(server.calls.filter(({ path }) => path === "/session")).toHaveLength(1);
  });

  test("by a device that is known no more keeps the rest, without a loop, until it is", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    const { one } = await withItems(120);
    server.twists = [(honest) => honest()];
    server.always = () => problem(401);
    await one.sync.run("button");
    const arrived = server.stored.size;
    expect(await one.outbox.total()).toBe(120 - arrived);
    expect(one.session.state()).toBe("expired");
    for (const end = Date.now() + 3_600_000; Date.now() < end; ) {
      vi.advanceTimersToNextTimer();
      while (one.sync.state().phase === "sending") await moment();
    }
    // An hour of pauses that double to five minutes.
    expect(posts()).toBeLessThan(40);
    expect(await one.outbox.total()).toBe(120 - arrived);
    server.always = null;
    await one.session.signIn({ code: "ABCD2345" });
    await one.sync.run("signed in");
    expect(server.stored.size).toBe(120);
    expect(await one.outbox.total()).toBe(0);
  });
});

test("the id a report got when it was made stands in it at every try, also after the app was killed", async () => {
  const { one, items } = await withItems(3);
  const ids = items.map(({ id }) => id);
  server.always = (honest) => {
    honest();
    throw new TypeError("connection lost");
  };
  for (let turn = 0; turn < 3; turn += 1) await one.sync.run("button");
  const again = await phone();
  await again.session.load();
  await again.sync.run("start");
  server.always = null;
  await again.sync.run("button");
  expect(sent().filter((trip) => trip.length > 0)).toEqual(Array(5).fill(ids));
  // What the server has already is no rival of itself.
  const rows = await (await again.db.open()).getAll("items");
  expect(rows.map(({ state, reason }) => [state, reason])).toEqual(
    ids.map(() => ["acknowledged", null]),
  );
  expect([...server.stored.keys()]).toEqual(ids);
});
