import { describe, expect, it } from "vitest";
import { type Cell, lengthOf, periodName, plus, quarterName, told } from "./figures";
import { linesOf, share } from "./rows";

const cell = (key: string, value: number | null, at_least = value ?? 0): Cell => ({
  key,
  label: key || "Alles bij elkaar",
  value,
  at_least,
  by_quarter: [value],
});

describe("the figures of a period", () => {
  it("are named as people say it", () => {
    expect(quarterName("2026-Q4")).toBe("4e kwartaal van 2026");
    expect(periodName({ first: "2026-Q1", last: "2026-Q4" })).toBe(
      "1e kwartaal van 2026 tot en met 4e kwartaal van 2026",
    );
  });

  it("lie a number of quarters further or back, over the years", () => {
    expect(plus("2026-Q4", 1)).toBe("2027-Q1");
    expect(plus("2026-Q1", -12)).toBe("2023-Q1");
    expect(lengthOf({ first: "2024-Q1", last: "2026-Q4" })).toBe(12);
  });

  it("say of a hidden number what other quarters show, and nothing else", () => {
    expect(told(cell("a", 7))).toBe("7");
    expect(told(cell("a", null, 12))).toBe("ten minste 12");
    expect(told(cell("a", null, 0))).toBe("verborgen");
  });

  it("show a whole before its parts, and what says nothing in one line", () => {
    const cells = [
      cell("", 40),
      cell("a", 30),
      cell("a/x", 30),
      cell("a/y", 0),
      cell("b", null, 6),
      cell("b/z", null),
      cell("c", null),
      cell("d", null),
    ];
    expect(linesOf(cells).map(({ label, names }) => names?.join("+") ?? label)).toEqual([
      "Alles bij elkaar",
      "a",
      "a/x",
      "a/y",
      "b",
      "b/z",
      "c+d",
    ]);
    expect(linesOf(cells, "a").map(({ key }) => key)).toEqual(["a", "a/x", "a/y"]);
  });

  it("tell a share only where both numbers are shown", () => {
    expect(share(cell("on_time", 30), cell("late", 10))).toBe("75%");
    expect(share(cell("on_time", 30), cell("late", null))).toBeNull();
    expect(share(cell("on_time", 0), cell("late", 0))).toBeNull();
    expect(share(undefined, undefined)).toBeNull();
  });
});
