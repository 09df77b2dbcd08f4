import { describe, expect, test } from "vitest";
import { formatDay, formatMoment, formatTime, lookText, PROBLEM, PUSH, STATUS } from "./words";

describe("days and times", () => {
  test.each([
    ["2026-11-21", "21 november 2026"],
    ["2026-03-01", "1 maart 2026"],
    ["2026-11-21T23:30:00Z", "22 november 2026"],
  ])("the day of %s is %s", (value, day) => {
    expect(formatDay(value)).toBe(day);
  });

  test.each([
    ["2026-11-21T20:42:00Z", "21.42 uur"],
    ["2026-07-21T20:42:00Z", "22.42 uur"],
    ["2026-11-21T08:05:00Z", "09.05 uur"],
    ["2026-11-21T23:00:00Z", "00.00 uur"],
  ])("the time of %s is %s", (value, time) => {
    expect(formatTime(value)).toBe(time);
  });

  test("a moment is both", () => {
    expect(formatMoment("2026-11-21T20:42:00Z")).toBe("21 november 2026, 21.42 uur");
  });
});

describe("texts", () => {
  test("every status is said in words", () => {
    for (const text of Object.values(STATUS)) expect(text).toMatch(/^[A-Z]/);
  });

  test("a push never says more than that there is something", () => {
    for (const { title, body } of Object.values(PUSH)) {
      expect(title).toBe("Signaalkaart");
      expect(body.length).toBeLessThan(50);
    }
  });

  test("no fault blames the reporter or says that something is lost", () => {
    const texts = [...Object.values(PROBLEM), ...["conflict", "too_large", "shape"].map(lookText)];
    for (const text of texts) expect(text).not.toMatch(/fout|mislukt|verloren|kwijt/i);
  });
});
