import { describe, expect, it } from "vitest";
import { type Pace, rowsOf } from "./pace";

const nothing: Pace = {
  days: 91,
  answered: 0,
  on_time: 0,
  median_days: null,
  missed: 0,
  useful: 0,
  not_useful: 0,
};
const values = (pace: Pace) => rowsOf(pace).map(({ value }) => value);

describe("the figures of the desk", () => {
  it("say shares of what there is, with the numbers they rest on", () => {
    const figures = {
      ...nothing,
      answered: 8,
      on_time: 6,
      median_days: 4,
      useful: 2,
      not_useful: 1,
    };
    expect(values(figures)).toEqual(["8", "75 %", "4 werkdagen", "67 %", "0"]);
    expect(rowsOf(figures)[1]?.about).toBe("6 van 8");
  });

  it("say nothing of nothing", () => {
    expect(values(nothing)).toEqual(["0", "–", "–", "–", "0"]);
  });
});
