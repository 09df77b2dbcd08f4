import { describe, expect, test } from "vitest";
import { deedOf, type Look, whoOf } from "./looks";

const look = (extra: Partial<Look> = {}): Look => ({
  at: "2026-11-21T20:42:00Z",
  action: "open",
  subject: "observation",
  receipt: "7K2-4MX",
  purpose: "handle",
  outcome: "done",
  by: { role_label: "Procesregisseur", organisation: "Gemeente Verzonnen" },
  ...extra,
});

describe("who looked", () => {
  test("an opening is told with its reason", () => {
    expect(deedOf(look())).toBe("Je melding is geopend, om hem te behandelen");
    expect(deedOf(look({ purpose: null }))).toBe("Je melding is geopend");
  });

  test("what is new to this phone is still told", () => {
    expect(deedOf(look({ action: "wonder" }))).toBe("Er is iets gedaan met je melding");
    expect(deedOf(look({ action: "wonder", receipt: null }))).toBe(
      "Er is iets gedaan met je account",
    );
    expect(deedOf(look({ purpose: "wonder" }))).toBe("Je melding is geopend");
  });

  test("where else somebody came in is told, and what to do when that was not you", () => {
    const came = look({ action: "sign_in", subject: "device", receipt: null });
    expect(deedOf(came)).toBe("Er is ingelogd op een ander toestel");
    expect(whoOf(came)).toBe("Op jouw naam. Was jij dat niet? Bel de gemeente.");
  });

  test("who did it is a role and an organisation, or nobody", () => {
    expect(whoOf(look())).toBe("Procesregisseur, Gemeente Verzonnen");
    expect(whoOf(look({ by: null }))).toBe("Het systeem zelf");
  });
});
