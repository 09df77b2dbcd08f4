import { expect, test } from "vitest";
import type { Meeting, MeetingRow, Point } from "./meetings";
import { bitsOf, firstOpen, momentOf, pointsText, titleOf, underOf } from "./phrases";

const point = (what: Partial<Point> = {}): Point => ({
  id: "p",
  kind: "own",
  subject_id: "p",
  title: "",
  detail: "",
  outcome: null,
  ground: null,
  done_at: null,
  written: true,
  guests: [],
  version: 1,
  ...what,
});

test("what covers a name is told apart from the words around it", () => {
  expect(bitsOf("jongere A geeft jongere AA een tas.", ["jongere A", "jongere AA"])).toEqual([
    { text: "jongere A", letter: true },
    { text: " geeft ", letter: false },
    { text: "jongere AA", letter: true },
    { text: " een tas.", letter: false },
  ]);
  expect(bitsOf("niemand", [])).toEqual([{ text: "niemand", letter: false }]);
});

test("an own point has its title only once it was opened", () => {
  expect(titleOf(point(), [])).toBe("Eigen punt");
  expect(titleOf(point(), [{ id: "p", title: "Jeugdhonk", note: null }])).toBe("Jeugdhonk");
  expect(titleOf(point({ title: "Rondvraag" }), [])).toBe("Rondvraag");
  expect(underOf(point({ detail: "2 meldingen", done_at: "2026-11-24T08:00:00Z" }))).toBe(
    "besproken",
  );
});

test("meeting mode begins where the meeting is", () => {
  const done = point({ done_at: "2026-11-24T08:00:00Z" });
  expect(firstOpen({ agenda: [done, point()] } as Meeting)).toBe(1);
  expect(firstOpen({ agenda: [done] } as Meeting)).toBe(0);
});

test("how many points there are is said in words", () => {
  const row = { points: 1, done: 0, state: "planned" } as MeetingRow;
  expect(pointsText(row)).toBe("1 punt");
  expect(pointsText({ ...row, points: 8, done: 3, state: "running" })).toBe(
    "8 punten, 3 besproken",
  );
});

test("nine in the morning is Dutch time, in summer and in winter and on the day between", () => {
  expect(momentOf("2026-11-24", "09:00")).toBe("2026-11-24T08:00:00.000Z");
  expect(momentOf("2027-07-06", "09:00")).toBe("2027-07-06T07:00:00.000Z");
  expect(momentOf("2027-03-28", "09:00")).toBe("2027-03-28T07:00:00.000Z");
  expect(momentOf("", "09:00")).toBeNull();
});
