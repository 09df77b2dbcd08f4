import { describe, expect, it } from "vitest";
import { HOURS, hourText, topicsOf } from "./channels";

describe("what somebody can be told of", () => {
  it("is for a reporter the own reports and practising, and nothing of the desk", () => {
    expect(topicsOf("melder")).toEqual(["answers", "practice"]);
  });

  it("is for the desk also what comes in and what waits", () => {
    expect(topicsOf("procesregisseur")).toEqual(["answers", "arrivals", "work", "practice"]);
    expect(topicsOf("kernteam")).toEqual(["answers", "work", "practice"]);
  });

  it("comes at an hour of the day, the ones the server knows", () => {
    expect([HOURS[0], HOURS.at(-1)]).toEqual([6, 18]);
    expect(hourText(8)).toBe("8.00 uur");
  });
});
