import { expect, test } from "vitest";
import { cardOf, formOf, NOW } from "./fixture";
import { blank } from "./form";
import { plainPart, sealedPart } from "./observation";

test("six taps without typing make a whole observation", () => {
  const form = formOf({ basis: "seen", area: "BU02670101" });
  expect(plainPart(form, cardOf(), ["OND-07", "P-04"])).toEqual({
    card: "onderwijs",
    card_version: 3,
    signals: ["OND-07"],
    protective: ["P-04"],
    area: "BU02670101",
    date: "2026-11-21",
    basis: "seen",
    desk: "sociaal",
    urgency: "this_week",
    shielded: false,
  });
  expect(sealedPart(form, cardOf())).toEqual({
    v: 1,
    what: "",
    where: "",
    at: "2026-11-21T21:42",
    persons: [],
    answers: { informed: "unknown", without_name: false, call_back: false },
  });
});

test("who is afraid reports shielded, and that goes along readable", () => {
  expect(plainPart(formOf({ shielded: true }), cardOf(), []).shielded).toBe(true);
});

test("nothing that was typed and no exact time is in the plain part", () => {
  const form = formOf({
    what: "Geheim A",
    where: "Geheim B",
    persons: [{ name: "Geheim C", age: "12_15", description: "Geheim D" }],
    moment: "earlier",
    date: "2026-11-20",
    time: "08:15",
  });
  const plain = JSON.stringify(plainPart(form, cardOf(), []));
  expect(plain).not.toContain("Geheim");
  expect(plain).not.toContain("08:15");
  expect(plain).toContain("2026-11-20");
});

test("unknown and outside send no area; outside is said in words under the seal", () => {
  expect(plainPart(formOf({ area: "unknown" }), cardOf(), []).area).toBeNull();
  const outside = formOf({ area: "outside", where: "station Putten" });
  expect(plainPart(outside, cardOf(), []).area).toBeNull();
  expect(sealedPart(outside, cardOf()).where).toBe("Buiten de gemeente: station Putten");
});

test("thinking along first sends no name", () => {
  const persons = [{ name: "Flip", age: "12_15" as const, description: "" }];
  const sealed = sealedPart(formOf({ persons, withoutName: true }), cardOf());
  expect(sealed.persons).toEqual([{ name: "", age: "12_15", description: "" }]);
});

test("a club's card sends a name only after the answer that it is needed", () => {
  const card = cardOf({ names: "behind_question" });
  const persons = [{ name: "Flip", age: "unknown" as const, description: "" }];
  expect(sealedPart(formOf({ persons }), card).persons).toEqual([]);
  expect(sealedPart(formOf({ persons, names: "yes" }), card).persons).toHaveLength(1);
});

test("a person of whom nothing was filled in is left out", () => {
  expect(sealedPart(formOf(), cardOf()).persons).toEqual([]);
});

test("what is serious is proposed for today, the rest for this week", () => {
  expect(blank(cardOf(), "orange", NOW).urgency).toBe("today");
  expect(blank(cardOf(), "red", NOW).urgency).toBe("today");
  expect(blank(cardOf(), "yellow", NOW).urgency).toBe("this_week");
});
