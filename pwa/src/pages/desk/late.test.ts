import { describe, expect, it } from "vitest";
import { factsOf } from "./late";

describe("the plain part of a late item", () => {
  it("is told in words", () => {
    const plain = {
      kind: "observation",
      id: "a1",
      card: "boa",
      date: "2026-11-09",
      basis: "heard",
      urgency: "today",
      desk: "sociaal",
      area: null,
    };
    expect(factsOf(plain)).toEqual([
      ["Kaart", "boa"],
      ["Dag", "maandag 9 november 2026"],
      ["Melder heeft het", "gehoord"],
      ["Spoed", "vandaag nog"],
      ["Loket", "sociaal"],
    ]);
  });

  it("keeps what this version does not know", () => {
    expect(factsOf({ kind: "photo", frames: [1, 2], basis: "dreamt" })).toEqual([
      ["frames", "[1,2]"],
      ["Melder heeft het", "dreamt"],
    ]);
  });

  it("shows an odd date as it came", () => {
    expect(factsOf({ date: "gisteren", made_at: 5 })).toEqual([
      ["Dag", "gisteren"],
      ["Gemaakt", "5"],
    ]);
  });
});
