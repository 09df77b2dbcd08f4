import { describe, expect, it } from "vitest";
import { halfName, halves, numberOf, overOf, typed, valueText } from "./phrases";

describe("goals", () => {
  it("name a half year as people say it", () => {
    expect(halfName("2026-H2")).toBe("Tweede half jaar van 2026");
    expect(halves("2026-H1", 3)).toEqual(["2026-H1", "2025-H2", "2025-H1"]);
  });

  it("show few as few, hidden as hidden and nothing as nothing", () => {
    expect(valueText("count", { value: null, few: true })).toBe("minder dan 5");
    expect(valueText("percent", { value: null, few: true })).toBe("verborgen");
    expect(valueText("percent", { value: null, few: false })).toBe("–");
    expect(valueText("percent", { value: 0, few: false })).toBe("0%");
    expect(valueText("percent", { value: 56, few: false, over: 80 })).toBe("56% van 80");
    expect(valueText("percent", { value: 100, few: false, over: null })).toBe("100%");
    expect(valueText("count", { value: 12, few: false })).toBe("12");
  });

  it("take a whole number, with or without a percent sign, and nothing else", () => {
    expect(numberOf(" 40% ", "percent")).toEqual({ value: 40, few: false });
    expect(numberOf("", "percent")).toEqual({ value: null, few: false });
    expect(numberOf("101", "percent")).toBeUndefined();
    expect(numberOf("101", "count")).toEqual({ value: 101, few: false });
    expect(numberOf("4,5", "count")).toBeUndefined();
    expect(numberOf("-1", "count")).toBeUndefined();
  });

  it("keep few as few when what stands in the field is saved again", () => {
    const few = { value: null, few: true };
    expect(numberOf(typed(few, "count"), "count")).toEqual(few);
    expect(typed(few, "percent")).toBe("");
    expect(numberOf("Minder dan 5", "count")).toEqual(few);
    expect(numberOf("minder dan 5", "percent")).toBeUndefined();
    expect(typed({ value: 7, few: false }, "count")).toBe("7");
    expect(typed(undefined, "count")).toBe("");
  });

  it("ask of a percentage over how many people it is, and of nothing else", () => {
    const half = { value: 50, few: false };
    expect(overOf("5", "percent", half)).toBe(5);
    for (const wrong of ["4", "0", "", "-9", "9,5", "veel"]) {
      expect(overOf(wrong, "percent", half)).toBeUndefined();
    }
    expect(overOf("", "count", half)).toBeNull();
    expect(overOf("3", "percent", { value: null, few: false })).toBeNull();
    expect(overOf("3", "percent", undefined)).toBeNull();
  });
});
