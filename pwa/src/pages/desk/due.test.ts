import { describe, expect, it } from "vitest";
import { dayAfter, dayOf, listMoment, longDay, longMoment, shortDay, weekDay } from "./day";
import { dueOf } from "./due";

const item = {
  due: "none",
  state: "new",
  waiting: false,
  answered: false,
  nobody: false,
  read_by: "2026-11-24",
  answer_by: "2026-12-03",
} as const;

describe("what is due", () => {
  it("is reading while the report is new", () => {
    expect(dueOf(item, "2026-11-21").text).toBe("Lezen uiterlijk di 24 nov.");
  });

  it("is an answer once it was read", () => {
    expect(dueOf({ ...item, state: "read" }, "2026-11-21").text).toBe(
      "Antwoord uiterlijk do 3 dec.",
    );
  });

  it("says what should have happened when it is late", () => {
    expect(dueOf({ ...item, due: "late", read_by: "2026-11-13" }, "2026-11-21")).toEqual({
      text: "Te laat: had 13 nov. gelezen moeten zijn",
      tone: "late",
    });
    const unanswered = { ...item, due: "late", state: "in_progress", answer_by: "2026-11-20" };
    expect(dueOf(unanswered as never, "2026-11-21").text).toBe(
      "Te laat: had 20 nov. antwoord moeten hebben",
    );
  });

  it("is the reporter's turn after a question", () => {
    const asked = { ...item, state: "in_progress", waiting: true } as const;
    expect(dueOf(asked, "2026-11-21").text).toBe("De melder is aan zet");
  });

  it("says today on the last day", () => {
    expect(dueOf({ ...item, due: "soon", read_by: "2026-11-21" }, "2026-11-21")).toEqual({
      text: "Vandaag nog lezen",
      tone: "soon",
    });
  });

  it("is nothing where nobody can be answered, once it was read", () => {
    expect(dueOf({ ...item, nobody: true }, "2026-11-21").text).toBe("Lezen uiterlijk di 24 nov.");
    expect(dueOf({ ...item, nobody: true, state: "read" }, "2026-11-21").text).toBe(
      "Er is geen melder om te antwoorden",
    );
  });

  it("is nothing any more when the reporter has an answer or the report is closed", () => {
    expect(dueOf({ ...item, state: "read", answered: true }, "2026-11-21").text).toBe(
      "Melder heeft antwoord",
    );
    expect(dueOf({ ...item, state: "closed" }, "2026-11-21").text).toBe("");
  });
});

describe("a day", () => {
  it("is the Dutch day, also just after midnight", () => {
    expect(dayOf("2026-11-20T23:30:00Z")).toBe("2026-11-21");
    expect(dayOf("2026-07-01T22:10:00Z")).toBe("2026-07-02");
  });

  it("is that also where a moment is written as a day", () => {
    const pastMidnight = "2026-11-20T23:30:00Z";
    expect(shortDay(pastMidnight)).toBe("21 nov.");
    expect(weekDay(pastMidnight)).toBe("za 21 nov.");
    expect(longDay(pastMidnight)).toBe("zaterdag 21 november 2026");
  });

  it("is counted in the Netherlands, over the end of a year and of summer time", () => {
    expect(dayAfter(30, new Date("2026-12-15T12:00:00Z"))).toBe("2027-01-14");
    expect(dayAfter(0, new Date("2026-11-20T23:30:00Z"))).toBe("2026-11-21");
    expect(dayAfter(1, new Date("2026-10-24T22:30:00Z"))).toBe("2026-10-26");
  });

  it("is written short and long", () => {
    expect(weekDay("2026-05-04")).toBe("ma 4 mei");
    expect(longMoment("2026-11-21T20:42:00Z")).toBe("zaterdag 21 november 2026, 21.42 uur");
  });

  it("shows a time within a week and a date before that", () => {
    expect(listMoment("2026-11-20T14:10:00Z", "2026-11-21")).toBe("vr 15.10");
    expect(listMoment("2026-11-09T14:10:00Z", "2026-11-21")).toBe("9 nov.");
    expect(listMoment("2025-11-09T14:10:00Z", "2026-11-21")).toBe("9 nov. 2025");
  });
});
