import { describe, expect, it } from "vitest";
import type { LateItem, LateOpening } from "../../types";
import { asksCard, waysFor } from "./settling";

const item = (kind: string) => ({ id: "1", kind }) as LateItem;
const sender = { name: "Bo", role_label: "boa", organisation: "G", shielded: false };
const opened = (more: Partial<LateOpening> = {}): LateOpening => ({
  opened: null,
  plain: { card: "boa" },
  sender,
  ...more,
});

describe("what can be done with something that came late", () => {
  it("becomes a report when it was one, and its sender is known", () => {
    expect(waysFor(item("observation"), opened(), 0)).toEqual(["observation", "told", "closed"]);
    const nobody = opened({ sender: null });
    expect(waysFor(item("observation"), nobody, 0)).toEqual(["told", "closed"]);
  });

  it("goes with an earlier report, or becomes one of its own when it can be read", () => {
    expect(waysFor(item("addition"), opened(), 2)).toEqual(["addition", "told", "closed"]);
    const text = opened({ opened: { v: 1, text: "Nog iets." } });
    expect(waysFor(item("addition"), text, 0)).toEqual(["observation", "told", "closed"]);
  });

  it("is only told or closed when nobody knows what it is", () => {
    expect(waysFor(item("withdrawal"), opened(), 0)).toEqual(["told", "closed"]);
  });

  it("asks for a card only when the one that was sent is not here", () => {
    expect(asksCard(item("observation"), opened(), ["boa"])).toBe(false);
    expect(asksCard(item("observation"), opened(), ["sport"])).toBe(true);
    expect(asksCard(item("addition"), opened(), ["boa"])).toBe(true);
  });
});
