import { describe, expect, it } from "vitest";
import type { ObservationPlain, TimelineEntry } from "../../types";
import { lastChangeBy, linesOf } from "./history";

const mark = { id: "p2", name: "Mark de Vries" };
const at = "2026-11-23T07:14:00Z";

function report(timeline: TimelineEntry[], more: Partial<ObservationPlain> = {}) {
  return {
    made_at: "2026-11-21T20:42:00Z",
    received_at: "2026-11-21T20:42:30Z",
    skewed: false,
    keep_until: "2027-05-21",
    expiring: false,
    timeline,
    ...more,
  } as ObservationPlain;
}

describe("the timeline", () => {
  it("begins when it was made, and says when it arrived later", () => {
    const late = report([{ at, kind: "received", by: null }], {
      received_at: "2026-11-21T22:05:00Z",
    });
    expect(linesOf(late, "p1")[0]).toMatchObject({
      title: "Gemeld",
      when: "Zaterdag 21 november 2026, 21.42 uur",
      note: "Kwam aan op zaterdag 21 november 2026, 23.05 uur, toen er weer bereik was.",
    });
  });

  it("says that the clock of a phone was off, and not that it came late", () => {
    const times = { received_at: "2026-11-24T20:42:00Z", skewed: true };
    const off = report([{ at, kind: "received", by: null }], times);
    expect(linesOf(off, "p1")[0]?.note).toBe(
      "De klok van dit toestel liep niet gelijk. De tijd van melden kan afwijken.",
    );
  });

  it("says who did it, and jou when that was me", () => {
    const plain = report([
      { at, kind: "opened", by: mark },
      { at, kind: "question", by: { id: "p1", name: "Samira" } },
    ]);
    expect(linesOf(plain, "p1").map(({ title }) => title)).toEqual([
      "Envelop geopend door Mark de Vries",
      "Vraag gesteld door jou",
    ]);
  });

  it("tells reading once, although it is an opening and a change of state", () => {
    const plain = report([
      { at, kind: "opened", by: mark },
      { at, kind: "state", by: mark, detail: "read" },
    ]);
    expect(linesOf(plain, "p1")).toHaveLength(1);
  });

  it("tells looking again in a row once, with the last time", () => {
    const later = "2026-11-23T09:00:00Z";
    const samira = { id: "p1", name: "Samira" };
    const plain = report([
      { at, kind: "opened", by: mark },
      { at: later, kind: "opened", by: mark },
      { at: later, kind: "opened", by: samira },
    ]);
    expect(linesOf(plain, "p1").map(({ title, when }) => [title, when.slice(-9)])).toEqual([
      ["Envelop 2 keer geopend door Mark de Vries", "10.00 uur"],
      ["Envelop geopend door jou", "10.00 uur"],
    ]);
  });

  it("says that an addition answers the question", () => {
    const plain = report([{ at, kind: "addition", by: null }]);
    const envelope = { additions: [{ question: "q1", text: "Ja." }], feedback: [] };
    expect(linesOf(plain, "p1", envelope)[0]).toMatchObject({
      title: "Antwoord van de melder op de vraag",
      text: "Ja.",
    });
  });

  it("says why a report was closed without an answer", () => {
    const plain = report([{ at, kind: "state", by: mark, detail: "closed:left" }]);
    expect(linesOf(plain, "p1")[0]).toMatchObject({
      title: "Afgerond door Mark de Vries",
      note: "De melder werkt hier niet meer.",
    });
  });

  it("shows an addition's text only when the envelope is open", () => {
    const plain = report([{ at, kind: "addition", by: null }]);
    expect(linesOf(plain, "p1")[0]?.text).toBeUndefined();
    const envelope = {
      additions: [{ question: null, text: "De auto was er weer." }],
      feedback: [],
    };
    expect(linesOf(plain, "p1", envelope)[0]?.text).toBe("De auto was er weer.");
  });
});

describe("what was answered", () => {
  it("stands at its own line, also when a question came in between", () => {
    const plain = report([
      { at, kind: "feedback", by: mark, detail: "watching" },
      { at, kind: "addition", by: null },
      { at, kind: "question", by: mark, detail: "question" },
    ]);
    const feedback = [{ text: null }, { text: "Was het ook gisteren?" }];
    const lines = linesOf(plain, "p1", { additions: [], feedback });
    expect(lines.map(({ text }) => text)).toEqual([undefined, undefined, "Was het ook gisteren?"]);
    expect(lines[0]?.note).toBe("We kijken mee");
  });
});

describe("who changed it last", () => {
  it("is a colleague, not the reporter or somebody who only looked", () => {
    const changed: TimelineEntry = { at, kind: "state", by: mark, detail: "in_progress" };
    expect(lastChangeBy(report([changed]), "p1")).toBe("Mark de Vries");
    expect(lastChangeBy(report([{ at, kind: "opened", by: mark }]), "p1")).toBeNull();
    expect(lastChangeBy(report([{ at, kind: "addition", by: mark }]), "p1")).toBeNull();
    expect(lastChangeBy(report([changed]), "p2")).toBeNull();
  });
});
