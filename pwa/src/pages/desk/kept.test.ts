import { describe, expect, it } from "vitest";
import { inboxPath, noFilter, readFilter } from "./filter";
import { askedOf, filterOf } from "./kept";

describe("a filter that is kept", () => {
  const late = { ...noFilter, view: "late" as const, desk: "sociaal", olderThan: "14" };

  it("holds what narrows and nothing else", () => {
    expect(askedOf(late)).toEqual({ view: "late", desk: "sociaal", older_than: 14 });
    expect(askedOf(noFilter)).toEqual({ view: "all" });
  });

  it("leads to the same list through the address", () => {
    const path = inboxPath(filterOf(askedOf(late)));
    expect(path).toBe("/postvak/?view=late&desk=sociaal&olderThan=14");
    expect(readFilter(path.slice(path.indexOf("?")))).toEqual(late);
  });
});
