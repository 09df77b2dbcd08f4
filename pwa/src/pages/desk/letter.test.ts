import { describe, expect, it } from "vitest";
import { namesIn, readLetter } from "./letter";

const opened = {
  v: 1,
  what: "Man roept de jongen.",
  where: "parkeerplaats bij het fietspad",
  at: "2026-11-21T21:42",
  persons: [{ name: "Flip", age: "12_15", description: "rode fiets met krat" }],
  answers: { informed: "no", without_name: true, call_back: true },
};

describe("an opened letter", () => {
  it("says what, where, when and who in words", () => {
    expect(readLetter(opened)).toEqual({
      what: "Man roept de jongen.",
      where: "parkeerplaats bij het fietspad",
      when: "zaterdag 21 november 2026, 21.42 uur",
      persons: [{ name: "Flip", about: "12 tot en met 15 jaar, rode fiets met krat" }],
      reporter: "",
      answers: [
        "De jongere en de ouders weten niet van deze melding.",
        "De melder wil eerst meedenken, zonder naam.",
        "De melder wil teruggebeld worden.",
      ],
    });
  });

  it("shows what it can of a letter from another version of the app", () => {
    const odd = { what: 5, at: "gisteren", persons: [null, { name: "Flip", age: "oud" }] };
    expect(readLetter(odd)).toEqual({
      what: "",
      where: "",
      when: "gisteren",
      persons: [
        { name: "", about: "" },
        { name: "Flip", about: "" },
      ],
      reporter: "",
      answers: [],
    });
    expect(readLetter(null).persons).toEqual([]);
  });

  it("says who told it and which day, when it was entered at the desk", () => {
    const entered = { at: "2026-11-20", reporter: { name: "Bea Bedacht", contact: "06 00 00" } };
    const { reporter, when } = readLetter(entered);
    expect(reporter).toBe("Bea Bedacht, 06 00 00");
    expect(when).toBe("vrijdag 20 november 2026");
  });

  it("shows an addition's text as well", () => {
    expect(readLetter({ v: 1, text: "De auto was er weer." }).what).toBe("De auto was er weer.");
  });

  it("gives the names an answer may not hold", () => {
    expect(namesIn(readLetter({ persons: [{ name: "Flip" }, { name: " " }] }))).toEqual(["Flip"]);
  });
});
