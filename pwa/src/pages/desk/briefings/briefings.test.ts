import { describe, expect, it } from "vitest";
import { apart, handsOutNotes, kindOf, pathOf, readsBriefings, writesStories } from "./briefings";

describe("the sheet about a quarter", () => {
  it("has its kind and quarter in the address", () => {
    expect(pathOf("raad", "2026-Q4")).toBe("/brieven?soort=raad&kwartaal=2026-Q4");
    expect(kindOf("raad")).toBe("raad");
    expect(kindOf("iets")).toBe("driehoek");
    expect(kindOf(null)).toBe("driehoek");
  });

  it("has a story that only the procesregisseur and the projectleider write", () => {
    expect(
      ["procesregisseur", "projectleider", "bestuur"].map((one) => writesStories(one as never)),
    ).toEqual([true, true, false]);
    expect(readsBriefings("contactpersoon")).toBe(false);
    expect(handsOutNotes("contactpersoon")).toBe(true);
    expect(handsOutNotes("bestuur")).toBe(false);
  });

  it("names a word that may give somebody away once", () => {
    const found = ["Zwiep", "dinsdag", "Zwiep"].map((words) => ({ kind: "name" as const, words }));
    expect(apart(found).map(({ words }) => words)).toEqual(["Zwiep", "dinsdag"]);
  });
});
