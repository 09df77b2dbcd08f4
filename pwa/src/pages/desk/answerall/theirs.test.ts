import { describe, expect, it } from "vitest";
import type { ObservationPlain, TimelineEntry } from "../../../types";
import { theirsIn } from "./theirs";

const at = "2026-11-20T10:00:00Z";
const mine = { id: "me", name: "Samira Voorbeeld" };
const colleague = { id: "other", name: "Mark Proefman" };

function reportWith(...timeline: Partial<TimelineEntry>[]): ObservationPlain {
  const known = timeline.map((entry) => ({ at, detail: null, by: null, ...entry }));
  return { id: "a", made_at: at, received_at: at, timeline: known } as unknown as ObservationPlain;
}

describe("what others did meanwhile", () => {
  it("tells a colleague's answer and a reporter's addition in the words of the timeline", () => {
    const answered = reportWith(
      { kind: "feedback", detail: "watching", by: colleague },
      { kind: "state", detail: "in_progress", by: colleague },
    );
    const added = reportWith({ kind: "addition" });
    const told = theirsIn([answered, added], "me").map(({ last }) => last);
    expect(told[0]).toMatch(/^Terugkoppeling gestuurd door Mark Proefman/);
    expect(told[1]).toBe("Aanvulling van de melder");
  });

  it("does not hold up whoever only opened the envelopes after ticking", () => {
    const opened = reportWith(
      { kind: "feedback", detail: "watching", by: colleague },
      { kind: "opened", detail: "handle", by: mine },
      { kind: "state", detail: "read", by: mine },
    );
    expect(theirsIn([opened], "me")).toEqual([]);
  });
});
