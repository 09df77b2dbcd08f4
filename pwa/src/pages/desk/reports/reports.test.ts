import { describe, expect, it } from "vitest";
import {
  beginningsFor,
  type Cell,
  lengthOf,
  lengthsFor,
  type Period,
  periodName,
  plus,
  quarterName,
  shortName,
  type Table,
  told,
} from "./figures";
import { type Line, linesOf, onTime, share } from "./rows";

const cell = (key: string, value: number | null, at_least = value ?? 0): Cell => ({
  key,
  label: key || "Alles bij elkaar",
  value,
  at_least,
  by_quarter: [value],
});

const tableOf = (cells: Cell[]): Table => ({ name: "card", title: "", of: "", cells });
const said = (line: Line) =>
  line.kind === "one"
    ? line.cell.label
    : `${line.kind}: ${line.cells.map(({ label }) => label).join("+")}`;

describe("the figures of a period", () => {
  it("are named as people say it", () => {
    expect(quarterName("2026-Q4")).toBe("4e kwartaal van 2026");
    expect(periodName({ first: "2026-Q1", last: "2026-Q4" })).toBe(
      "1e kwartaal van 2026 tot en met 4e kwartaal van 2026",
    );
  });

  it("have a short name where there is little room", () => {
    expect(shortName({ first: "2026-Q3", last: "2026-Q3" })).toBe("3e kw. 2026");
    const row = { first: "2025-Q4", last: "2026-Q3" };
    expect(shortName(row)).toBe("4e kw. ’25 – 3e kw. ’26");
    expect(shortName({ first: "2026-Q1", last: "2026-Q4" })).toBe("2026");
    expect(shortName({ first: "2024-Q1", last: "2026-Q4" })).toBe("2024 – 2026");
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

  it("show a whole before its parts, the most first, and what says nothing in one line", () => {
    const table = tableOf([
      cell("", 40),
      cell("a", 10),
      cell("a/x", 0),
      cell("a/y", 10),
      cell("b", null, 6),
      cell("b/z", null),
      cell("c", null),
      cell("d", null),
      cell("e", 30),
      cell("f", 0),
      cell("f/v", 0),
      cell("g", 0),
    ]);
    expect(linesOf(table).map(said)).toEqual([
      "Alles bij elkaar",
      "e",
      "a",
      "a/y",
      "nothing: a/x",
      "b",
      "hidden: b/z",
      "nothing: f+g",
      "hidden: c+d",
    ]);
    expect(linesOf(table, "a").map(said)).toEqual(["a", "a/y", "nothing: a/x"]);
  });

  it("show the nothing of now beside what came in before, or was hidden then", () => {
    const table = tableOf([cell("", 9), cell("a", 9), cell("b", 0), cell("c", 0), cell("d", 0)]);
    const before = tableOf([cell("", 9), cell("a", 0), cell("b", 9), cell("c", null)]);
    expect(linesOf(table, "", before).map(said)).toEqual([
      "Alles bij elkaar",
      "a",
      "b",
      "c",
      "nothing: d",
    ]);
  });

  it("leave days and phases in their own order", () => {
    const cells = [cell("", 9), cell("on_time", 0), cell("late", 9)];
    const days = [...cells, cell("late/2", 2), cell("late/longer", 7)];
    expect(linesOf({ ...tableOf(days), name: "answer" }).map(said)).toEqual([
      "Alles bij elkaar",
      "late",
      "late/2",
      "late/longer",
      "nothing: on_time",
    ]);
  });

  it("have in every row together all places of the table, so nothing is left out", () => {
    const table = tableOf([cell("", 9), cell("a", 9), cell("b", 0), cell("c", null), cell("d", 0)]);
    const keys = linesOf(table).flatMap((line) =>
      line.kind === "one" ? [line.cell.key] : line.cells.map(({ key }) => key),
    );
    expect(keys.sort()).toEqual(table.cells.map(({ key }) => key).sort());
  });

  it("are compared only with a period of which all quarters are there", () => {
    const told = (first: string, last: string, periods: string[]) =>
      beginningsFor({ periods, shown: { first, last, missing: [] }, compared: null } as never);
    const year = ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"];
    expect(told("2026-Q3", "2026-Q3", year)).toEqual(["2026-Q2"]);
    expect(told("2026-Q3", "2026-Q3", [...year, "2025-Q3"])).toEqual(["2026-Q2", "2025-Q3"]);
    expect(told("2025-Q4", "2026-Q3", year)).toEqual([]);
    expect(told("2025-Q4", "2025-Q4", year)).toEqual([]);
  });

  it("are of a longer period only where that shows more", () => {
    const shown = { first: "2026-Q3", last: "2026-Q3" } as Period;
    expect(lengthsFor({ periods: ["2026-Q3"], shown })).toEqual([1]);
    expect(lengthsFor({ periods: ["2026-Q3", "2026-Q2"], shown })).toEqual([1, 4]);
    expect(lengthsFor({ periods: ["2026-Q3", "2025-Q1"], shown })).toEqual([1, 12]);
    expect(lengthsFor({ periods: ["2026-Q3"], shown: { ...shown, first: "2025-Q4" } })).toEqual([
      1, 4,
    ]);
  });

  it("tell a share only where the part and its whole are shown", () => {
    expect(share(cell("on_time", 30), cell("", 40))).toBe("75%");
    expect(share(cell("on_time", 30), cell("", null))).toBeNull();
    expect(share(cell("on_time", null), cell("", 40))).toBeNull();
    expect(share(cell("on_time", 0), cell("", 0))).toBeNull();
    expect(share(undefined, undefined)).toBeNull();
  });

  it("count who never heard in the share that was answered on time", () => {
    const cells = [cell("", 80), cell("on_time", 40), cell("late", 20), cell("never", 20)];
    const table = { name: "answer", title: "Antwoord", of: "Termijn", cells };
    expect(onTime(table)).toBe("50%");
    const nobody = { ...table, cells: [cell("", 20), cell("on_time", 0), cell("never", 20)] };
    expect(onTime(nobody)).toBe("0%");
    expect(onTime(undefined)).toBeNull();
  });

  it("tell of a hidden share the least or the most that what is shown leaves", () => {
    const answers = (on_time: number, late: number, never = 0) => ({
      ...tableOf([
        cell("", 61),
        cell("on_time", null, on_time),
        cell("on_time/2", on_time),
        cell("late", null, late),
        cell("never", null, never),
      ]),
      name: "answer",
    });
    expect(onTime(answers(50, 0))).toBe("81% of meer");
    expect(onTime(answers(0, 40, 5))).toBe("27% of minder");
    expect(onTime(answers(30, 20))).toBeNull();
    expect(onTime(answers(0, 0))).toBeNull();
  });
});
