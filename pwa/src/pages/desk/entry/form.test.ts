import { describe, expect, it } from "vitest";
import type { Card } from "../../../types";
import { blank, faultsIn, plainPart, sealedPart, toggled, withCard, withSource } from "./form";

const today = "2026-11-21";
const card = { id: "boa", version: 3 } as Card;
const filled = () => ({
  ...withSource(blank("boa", "sociaal", today), "phone"),
  what: "Elke avond een auto bij het pleintje.",
  basis: "seen" as const,
  name: "Bea Bedacht",
  contact: "06 00 00 00 00",
});

describe("what is missing", () => {
  it("is said in the order of the screen", () => {
    const fields = faultsIn(blank("boa", "sociaal", today), today).map(({ field }) => field);
    expect(fields).toEqual(["bron", "wat", "basis", "melder"]);
  });

  it("is nothing when the call is written down", () => {
    expect(faultsIn(filled(), today)).toEqual([]);
  });

  it("is no text when a signal says it", () => {
    expect(faultsIn({ ...filled(), what: "", signals: ["BOA-08"] }, today)).toEqual([]);
  });

  it("is how to reach a reporter who is owed an answer", () => {
    const [fault] = faultsIn({ ...filled(), contact: " " }, today);
    expect(fault?.field).toBe("bereik");
  });

  it("is a day that has been", () => {
    expect(faultsIn({ ...filled(), date: "2026-11-22" }, today)[0]?.field).toBe("dag");
    expect(faultsIn({ ...filled(), date: "" }, today)[0]?.field).toBe("dag");
  });
});

describe("what is sent", () => {
  it("has no words and no names outside the envelope", () => {
    const readable = JSON.stringify(plainPart(filled(), card));
    for (const secret of ["auto", "Bedacht", "06 00"]) expect(readable).not.toContain(secret);
  });

  it("keeps who told it in the envelope", () => {
    expect(sealedPart(filled()).reporter).toEqual({
      name: "Bea Bedacht",
      contact: "06 00 00 00 00",
    });
  });

  it("keeps nothing of a reporter who gets no answer", () => {
    const anonymous = { ...filled(), reporter: "no" as const };
    expect(sealedPart(anonymous)).not.toHaveProperty("reporter");
    expect(plainPart(anonymous, card).reporter).toBe(false);
  });

  it("has a moment, or only a day when the time is not known", () => {
    expect(sealedPart(filled()).at).toBe(today);
    expect(sealedPart({ ...filled(), time: "21:42" }).at).toBe("2026-11-21T21:42");
  });
});

describe("the anonymous line", () => {
  it("has nobody to answer", () => {
    expect(withSource(filled(), "anonymous_line").reporter).toBe("no");
  });
});

describe("another card", () => {
  it("starts without signals", () => {
    const ticked = { ...filled(), signals: toggled([], "BOA-08") };
    expect(withCard(ticked, "sport").signals).toEqual([]);
    expect(withCard(ticked, "boa").signals).toEqual(["BOA-08"]);
    expect(toggled(["BOA-08"], "BOA-08")).toEqual([]);
  });
});
