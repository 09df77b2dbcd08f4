import { expect, test } from "vitest";
import { blacken, blackenPart, blackenWords } from "./black";

test("a word is black wherever it stands, and what follows from it is not guessed", () => {
  expect(blacken("Kareltje zag kareltje en Karel.", " Kareltje ")).toBe(
    "████████ zag ████████ en Karel.",
  );
});

test("signs that mean something to a search are only signs", () => {
  expect(blacken("A.B. (zijn broer)", "(zijn broer)")).toBe("A.B. █████ ██████");
});

test("of a part that was chosen nothing stays but its length and its spaces", () => {
  expect(blackenPart("Hij woont in de Kerkstraat.", 16, 26)).toBe("Hij woont in de ██████████.");
  expect(blackenPart("twee woorden", 0, 12)).toBe("████ ███████");
});

test("nothing chosen changes nothing", () => {
  expect(blacken("Tekst", "  ")).toBe("Tekst");
  expect(blackenWords("Tekst", [])).toBe("Tekst");
});

test("of names that were recognised only whole words are black", () => {
  expect(blackenWords("Verzonnenzoon zag Bo Verzonnen.", ["Bo", "Verzonnen"])).toBe(
    "Verzonnenzoon zag ██ █████████.",
  );
});
