import { beforeEach, expect, test, vi } from "vitest";
import { observation, signedInPhone } from "./testing/phone";
import { fakeServer, json, problem, type Twist } from "./testing/server";
import type { SyncAnswer } from "./types";

let server: ReturnType<typeof fakeServer>;
let onIcon: number | undefined;

beforeEach(() => {
  server = fakeServer();
  onIcon = undefined;
  const show = async (count: number) => {
    onIcon = count;
  };
  Object.assign(navigator, { setAppBadge: show, clearAppBadge: () => show(0) });
});

/** Always the same row of whole numbers, so that what fails can be run again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const offline: Twist = () => Promise.reject(new TypeError("no network"));
const lost: Twist = (honest) => {
  honest();
  throw new TypeError("connection lost");
};
const refused: Twist = async (honest) => {
  const answer = (await honest().json()) as SyncAnswer;
  const outcomes = answer.outcomes.map(({ id }) => ({ id, result: "refused" as const }));
  return json({ ...answer, outcomes });
};

/** A phone, all that waits on it, and one more thing that happens to it. */
async function counting(roll: (sides: number) => number) {
  const one = await signedInPhone();
  (await import("./badge")).start();
  // By report, what waits of it: the report, which may have left before, or that it is taken back.
  const waiting = new Map<string, "new" | "away" | "withdrawal">();
  const add = async () => {
    const item = observation();
    await one.outbox.add(item);
    waiting.set(item.id, "new");
  };
  const withdraw = async () => {
    const reports = [...waiting].filter(([, what]) => what !== "withdrawal");
    const [id, what] = reports[roll(reports.length)] ?? [];
    if (id === undefined) return;
    await one.outbox.withdraw(id);
    if (what === "away") waiting.set(id, "withdrawal");
    else waiting.delete(id);
  };
  const fail = async (twist: Twist) => {
    server.always = twist;
    await one.sync.run("button");
    server.always = null;
    expect(server.syncs().at(-1)?.unsent).toBe(waiting.size);
    for (const [id, what] of waiting) if (what === "new") waiting.set(id, "away");
  };
  const arrive = async () => {
    await one.sync.run("button");
    waiting.clear();
  };
  const beRefused = async () => {
    if (waiting.size > 0) server.twists = [refused];
    await one.sync.run("button");
    // A report that could not be taken back goes after all.
    for (const [id, what] of waiting)
      if (what === "withdrawal") waiting.set(id, "away");
      else waiting.delete(id);
  };
  const failures = [offline, () => problem(503), lost].map((twist) => () => fail(twist));
  const steps = [add, add, add, withdraw, ...failures, arrive, beRefused];
  return { one, waiting, step: () => steps[roll(steps.length)]?.() };
}

test("icon, screen and server are told of all that waits, whatever happened before", async () => {
  const { one, waiting, step } = await counting(dice(8));
  for (let turn = 0; turn < 80; turn += 1) {
    await step();
    const count = waiting.size;
    expect(await one.outbox.count()).toBe(count);
    const unsent = (await one.mine.list()).filter(({ status }) => status === "saved");
    expect(unsent).toHaveLength(count);
    await vi.waitFor(() => expect(onIcon).toBe(count));
  }
});
