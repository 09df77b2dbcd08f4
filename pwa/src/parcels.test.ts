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
