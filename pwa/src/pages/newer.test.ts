import { NEWS } from "virtual:news";
import { expect, test } from "vitest";
import { newerThan } from "./newer";

const version = (number: string) => ({
  version: number,
  day: "2026-11-21",
  everybody: [],
  desk: [],
});

test("all versions that were passed over are told, newest first, and none after going back", () => {
  const all = ["0.10.0", "0.9.0", "0.8.1", "0.8.0"].map(version);
  const numbers = (since: string) => newerThan(since, all).map((one) => one.version);
  expect(numbers("0.8.1")).toEqual(["0.10.0", "0.9.0"]);
  expect(numbers("0.10.0")).toEqual([]);
  expect(numbers("1.0.0")).toEqual([]);
});

test("the changelog tells everybody what is in this version, in whole sentences", () => {
  expect(NEWS[0]?.version).toBe(__APP_VERSION__);
  for (const { everybody, desk } of NEWS) {
    expect(everybody.length).toBeGreaterThan(0);
    for (const line of [...everybody, ...desk]) expect(line).toMatch(/^[A-Z“].*[.!?”]$/);
  }
});
