import { describe, expect, it } from "vitest";
import { changes } from "./changes";
import { toCsv } from "./csv";
import { nameOf, type Quarter, quarterName, type Row, type TableName } from "./figures";

const quarter = (name: TableName, rows: Row[], id = "2026-Q4"): Quarter => ({
  quarter: id,
  begins_on: "2026-10-01",
  tables: [{ name, rows }],
});
const row = (path: string, count: number | null): Row => ({
  path: path ? path.split("/") : [],
  count,
});

describe("the figures of a quarter", () => {
  it("have names, also for what is nowhere any more", () => {
    expect(quarterName("2026-Q4")).toBe("4e kwartaal van 2026");
    expect(nameOf("organisation", ["school"])).toBe("School");
    expect(nameOf("answer", ["on_time", "5"])).toBe("Binnen 3 tot 5 werkdagen");
    expect(nameOf("area", ["none"])).toBe("Geen buurt ingevuld");
    expect(nameOf("area", ["WK999999"])).toBe("WK999999");
    expect(nameOf("signal", [])).toBe("Alles bij elkaar");
  });

  it("say what is new or rising, from what both quarters show", () => {
    const before = quarter("card", [
      row("", 40),
      row("boa", 10),
      row("sport", null),
      row("ouders", 20),
    ]);
    const now = quarter("card", [row("", 60), row("boa", 16), row("sport", 7), row("ouders", 24)]);
    expect(changes(now, before)).toEqual([
      "Meer dan in het kwartaal ervoor: boa, van 10 naar 16.",
      "Nieuw in de cijfers: sport, 7.",
    ]);
  });

  it("say nothing of what is hidden, of the rest, or without a quarter before", () => {
    const before = quarter("card", [row("", 40), row("boa", 10)]);
    expect(changes(quarter("card", [row("boa", null), row("other", 9)]), before)).toEqual([]);
    expect(changes(quarter("card", [row("boa", 90)]), undefined)).toEqual([]);
  });

  it("go into a spreadsheet as text, also when a name begins like a formula", () => {
    const quarters = [quarter("card", [row("", 12), row("=1+1", null), row('a"b;c', 12)])];
    const current = { quarter: "2027-Q1", due_at: "2027-04-01T00:00:00Z" };
    expect(toCsv({ least: 5, quarters, current }).split("\r\n")).toEqual([
      "kwartaal;tabel;deel;code;aantal",
      "2026-Q4;Met welke kaart;Alles bij elkaar;;12",
      "2026-Q4;Met welke kaart;'=1+1;'=1+1;verborgen",
      '2026-Q4;Met welke kaart;"a""b;c";"a""b;c";12',
      "",
    ]);
  });
});
