import { describe, expect, test } from "vitest";
import { pieces, term, wordsOf } from "./terms";

describe("a word", () => {
  test.each([
    ["spijbelt", "spijbelen"],
    ["tas", "tasjes"],
    ["mes", "messen"],
    ["dealt", "dealen"],
    ["scooter", "scooters"],
    ["klusje", "klusjes"],
    ["bedreigd", "bedreigt"],
    ["CAFÉ", "cafe"],
    ["huis", "huizen"],
  ])("%s is found as %s", (one, other) => {
    expect(term(one)).toBe(term(other));
  });

  test.each(["de", "een", "mijn", "Meestal", "a", ""])("%j says nothing", (word) => {
    expect(term(word)).toBeNull();
  });

  test("keeps its letters when it is short, so that nothing becomes nothing", () => {
    expect(["tas", "bus", "wiet", "112"].map(term)).toEqual(["tas", "bus", "wiet", "112"]);
  });
});

test("the pieces of a text are the text again", () => {
  const text = "Veel ‘geld’, 2 scooters en één café.";
  expect(pieces(text).join("")).toBe(text);
  expect(wordsOf(text)).toEqual(["Veel", "geld", "2", "scooters", "en", "één", "café"]);
});
