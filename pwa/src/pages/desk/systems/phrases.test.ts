import { describe, expect, it } from "vitest";
import type { Events, System } from "./calls";
import { eventsText, faultText, stateText, usedText } from "./phrases";

const key: System = {
  id: "x",
  name: "Dashboard",
  state: "works",
  made_at: "2026-11-22T09:00:00Z",
  ends_on: "2027-01-31",
  last_used_at: null,
};
const events: Events = {
  on: true,
  address: "https://berichten.voorbeeldstad.example/in",
  sending: 0,
  missed: 0,
  last_status: null,
  delivered_at: null,
};

describe("the screen of systems", () => {
  it("says whether a key works, and until when", () => {
    expect(stateText(key)).toContain("Werkt tot en met");
    expect(stateText({ ...key, state: "ended" })).toContain("Gestopt na");
    expect(stateText({ ...key, state: "revoked" })).toBe("Ingetrokken");
  });

  it("says when a key was used, or that it never was", () => {
    expect(usedText(key)).toBe("Nog niet gebruikt");
    expect(usedText({ ...key, last_used_at: "2026-11-22T09:00:00Z" })).toContain("22 november");
    // Half past midnight in the Netherlands is the next day already.
    expect(usedText({ ...key, last_used_at: "2026-11-22T23:30:00Z" })).toContain("23 november");
  });

  it("says that messages are off, on their way or given up, and why", () => {
    expect(eventsText({ ...events, on: false })[0]).toContain("Dit staat uit");
    expect(eventsText({ ...events, sending: 6, missed: 5 })).toHaveLength(3);
    expect(faultText(events)).toBe("");
    expect(faultText({ ...events, missed: 5, last_status: 410 })).toContain("niets meer");
    expect(faultText({ ...events, sending: 5, last_status: 503 })).toContain("503");
    // What went wrong before and is over is not told.
    expect(faultText({ ...events, last_status: 503 })).toBe("");
  });
});
