import { describe, expect, it } from "vitest";
import { awayText, usualText } from "./expected";

describe("what a reporter may expect", () => {
  it("is said in working days", () => {
    expect(usualText(1)).toBe("Meestal krijg je binnen 1 werkdag antwoord.");
    expect(usualText(4)).toBe("Meestal krijg je binnen 4 werkdagen antwoord.");
  });

  it("tells that nobody is there, and names nobody", () => {
    const until = "2026-12-03";
    expect(awayText({ until, replaced: true })).toBe(
      "Wie dit leest, is er niet tot en met donderdag 3 december. Een collega neemt het over.",
    );
    expect(awayText({ until, replaced: false })).toContain("Je antwoord kan later komen.");
  });
});
