import { beforeEach, expect, test } from "vitest";
import { observation, signedInPhone } from "./testing/phone";
import { fakeServer, PERSON } from "./testing/server";
import type { Item } from "./types";

beforeEach(() => void fakeServer());

const addition = (parent: string): Item => ({
  kind: "addition",
  id: crypto.randomUUID(),
  by: PERSON.id,
  made_at: "2026-11-21T21:00:00Z",
  parent,
  sealed: "c2VhbGVk",
});

test("an addition does not go before a report that was put aside, and keeps no other back", async () => {
  const one = await signedInPhone();
  const aside = observation();
  const other = { ...observation(), made_at: "2026-11-21T22:00:00Z" };
  const additions = [1, 2, 3, 4, 5].map(() => addition(aside.id));
  for (const item of [aside, ...additions, other]) await one.outbox.add(item);
  const skip = new Set([aside.id]);
  const taken = await one.parcels.take({ most: 1, bytes: 100_000, skip });
  expect(taken.map(({ id }) => id)).toEqual([other.id]);
});

test("an addition that seems older than its report waits for it, after a clock was set back", async () => {
  const one = await signedInPhone();
  const report = observation({ made_at: "2026-11-21T22:00:00Z" });
  const early = [addition(report.id), addition(report.id)];
  for (const item of [report, ...early]) await one.outbox.add(item);
  const taken = await one.parcels.take({ most: 1, bytes: 100_000 });
  expect(taken.map(({ id }) => id)).toEqual([report.id]);
  await one.outbox.settle([{ id: report.id, result: "stored" }]);
  const after = await one.parcels.take({ most: 2, bytes: 100_000 });
  expect(after.map(({ id }) => id).sort()).toEqual(early.map(({ id }) => id).sort());
});

test("an addition that seems older than its report may go along with it", async () => {
  const one = await signedInPhone();
  const report = observation({ made_at: "2026-11-21T22:00:00Z" });
  for (const item of [report, addition(report.id)]) await one.outbox.add(item);
  expect(await one.parcels.take({ most: 2, bytes: 100_000 })).toHaveLength(2);
});
