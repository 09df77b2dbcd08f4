import { expect, test } from "vitest";
import { erasedText, foundText, informingText, placeOf, titleOf, whyText } from "./phrases";
import type { Plain } from "./rights";

const plain: Plain = {
  subject: "bundle",
  id: "abc",
  kind: "bundle",
  receipt: null,
  received_at: "2026-11-21T20:42:00Z",
  state: null,
  card: null,
  area: null,
  date: null,
  in_case: false,
  case: null,
  objection: false,
  version: null,
};

test("what was found says what it is and where it can be read", () => {
  expect([titleOf(plain), placeOf(plain).href]).toEqual(["Bundel", "#/bundels/abc"]);
  const late = { ...plain, subject: "late_item" };
  expect([titleOf(late), placeOf(late).href]).toEqual(["Nakomer", "#/nakomers"]);
  const node = { ...plain, subject: "node", case: "def" };
  expect([titleOf(node), placeOf(node).href]).toEqual([
    "Iemand in het netwerk van een casus",
    "#/casussen/def",
  ]);
  const report = { ...plain, subject: "observation", card: "zeilen" };
  expect([titleOf(report), placeOf(report).href]).toEqual(["zeilen", "#/postvak/abc"]);
});

test("why something was found is a sentence without what was written", () => {
  expect(whyText({ kind: "observation", field: "name", how: "alike", age: false })).toBe(
    "Genoemd als persoon in de melding, anders geschreven. Andere leeftijd.",
  );
  expect(whyText({ kind: "addition", field: "text", how: "same", age: null })).toBe(
    "In de tekst van een aanvulling.",
  );
});

test("before something is erased it says what stays", () => {
  expect(erasedText("late_item")).toContain("De melder hoort");
  expect(erasedText("node")).toContain("een letter");
  expect(erasedText("decision")).toContain("De dag, de grond en de uitkomst blijven staan.");
});

test("how much was looked through is said, and what nobody can open any more", () => {
  expect(foundText([], 1, 0)).toBe("Niets gevonden. We keken in 1 verzegelde tekst.");
  expect(foundText([], 3, 1)).toBe(
    "Niets gevonden. We keken in 3 verzegelde teksten. 1 is niet meer te openen.",
  );
});

test("whether somebody heard of it is one sentence", () => {
  const open = { named_on: "2026-11-01", informed_on: null, reason: null, remind_on: null };
  expect(informingText(open)).toBe("Nog niet vastgelegd. De naam is gelezen op 1 nov.");
  expect(informingText({ ...open, reason: "danger" })).toBe(
    "Nog niet: het brengt iemand in gevaar.",
  );
  expect(informingText({ ...open, informed_on: "2026-11-21" })).toBe(
    "Geïnformeerd op zaterdag 21 november 2026.",
  );
});
