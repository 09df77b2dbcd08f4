import { expect, test } from "vitest";
import { faults } from "./faults";
import { cardOf, formOf, NOW } from "./fixture";

const ids = (...args: Parameters<typeof faults>) => faults(...args).map(([id]) => id);

test("with a signal ticked only how you know it and where are asked", () => {
  expect(ids(formOf(), cardOf(), 1, 0, NOW)).toEqual(["basis", "buurt"]);
});

test("three answers are enough for the fast path", () => {
  const form = formOf({ basis: "seen", area: "BU02670101" });
  expect(faults(form, cardOf(), 1, 0, NOW)).toEqual([]);
});

test("without a signal a few words are required", () => {
  const form = formOf({ basis: "heard", area: "unknown", what: "  " });
  expect(faults(form, cardOf(), 0, 0, NOW)).toEqual([
    ["wat", "Vertel in een paar woorden wat je zag of hoorde."],
  ]);
});

test("a boa says first that this is no investigation", () => {
  const card = cardOf({ wpg: true });
  const form = formOf({ basis: "seen", area: "unknown" }, card);
  expect(ids(form, card, 1, 0, NOW)).toEqual(["opsporing"]);
  expect(ids({ ...form, investigation: "yes" }, card, 1, 0, NOW)).toEqual(["opsporing"]);
  expect(ids({ ...form, investigation: "no" }, card, 1, 0, NOW)).toEqual([]);
});

test("a moment that has not been yet is refused, this very minute is not", () => {
  const form = formOf({ basis: "seen", area: "unknown", moment: "earlier", date: "2026-11-21" });
  expect(faults({ ...form, time: "21:43" }, cardOf(), 1, 0, NOW)).toEqual([
    ["dag", "Dit moment is nog niet geweest. Kies een eerder moment."],
  ]);
  expect(faults({ ...form, time: "21:42" }, cardOf(), 1, 0, NOW)).toEqual([]);
});

test("an earlier moment needs a day and a time", () => {
  const form = formOf({ moment: "earlier", area: "unknown" });
  expect(ids({ ...form, date: "" }, cardOf(), 1, 2, NOW)).toEqual(["dag"]);
  expect(ids({ ...form, time: "" }, cardOf(), 1, 2, NOW)).toEqual(["tijd"]);
});

test("each step asks only for what stands on it, the last one for everything", () => {
  expect(ids(formOf(), cardOf(), 1, 1, NOW)).toEqual(["basis"]);
  expect(ids(formOf(), cardOf(), 1, 2, NOW)).toEqual(["buurt"]);
  expect(ids(formOf(), cardOf(), 1, 3, NOW)).toEqual([]);
  expect(ids(formOf(), cardOf(), 1, 4, NOW)).toEqual(["basis", "buurt"]);
});

test("a text that is too long says what to do instead of being cut", () => {
  const form = formOf({ basis: "seen", area: "unknown", what: "x".repeat(20_000) });
  const [[id, text] = []] = faults(form, cardOf(), 1, 4, NOW, true);
  expect(id).toBe("wat");
  expect(text).toContain("aanvulling");
});
