import { describe, expect, it } from "vitest";
import { idsFor, reasonsOf } from "./given";

describe("one answer for all", () => {
  it("has the same id per observation at every try, and another the next time", () => {
    const ids = idsFor();
    const first = ids.of("a");
    expect(ids.of("a")).toBe(first);
    expect(ids.of("b")).not.toBe(first);
    ids.done();
    expect(ids.of("a")).not.toBe(first);
  });

  it("shows what is wrong beside the observation it is about", () => {
    const faults = [
      { name: "answers.1", reason: "In deze zin staat een naam uit de melding. Haal die weg." },
      { name: "text", reason: "Te lang." },
      { name: "answers.7", reason: "Wie is dit?" },
    ];
    expect(Object.keys(reasonsOf(faults, ["a", "b"]))).toEqual(["b"]);
    expect(reasonsOf(undefined, ["a"])).toEqual({});
  });
});
