import { describe, expect, it } from "vitest";
import {
  countText,
  inboxPath,
  isNarrowed,
  noFilter,
  queryOf,
  readFilter,
  writeFilter,
} from "./filter";

describe("the filter in the address", () => {
  it("comes back exactly as it was written", () => {
    const filter = {
      view: "late",
      desk: "sociaal",
      card: "boa",
      group: "contacten",
      area: "BU02670101",
      urgency: "today",
      olderThan: "14",
    } as const;
    expect(readFilter(writeFilter(filter))).toEqual(filter);
  });

  it("leaves the address bare when nothing is chosen", () => {
    expect(writeFilter(noFilter)).toBe("");
    expect(inboxPath(noFilter, "a1")).toBe("/postvak/a1");
  });

  it("ignores what does not belong there", () => {
    const odd = "?view=secret&desk=alle&card=<b>&area=Corlaer&urgency=now&olderThan=-3&x=1";
    expect(readFilter(odd)).toEqual(noFilter);
  });

  it("keeps the chosen observation and the filter side by side", () => {
    expect(inboxPath({ ...noFilter, view: "mine" }, "a1")).toBe("/postvak/a1/?view=mine");
  });

  it("asks the server only what was chosen", () => {
    expect(queryOf({ ...noFilter, olderThan: "14", desk: "sociaal" }, "c2")).toEqual({
      view: "all",
      olderThan: 14,
      desk: "sociaal",
      cursor: "c2",
    });
  });

  it("knows a view is not a filter", () => {
    expect(isNarrowed({ ...noFilter, view: "late" })).toBe(false);
    expect(isNarrowed({ ...noFilter, card: "boa" })).toBe(true);
  });
});

describe("a count", () => {
  it("stops at 99+", () => {
    expect([countText(0), countText(99), countText(100)]).toEqual(["0", "99", "99+"]);
  });
});
