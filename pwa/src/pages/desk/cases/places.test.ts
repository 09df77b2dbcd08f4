import { describe, expect, it } from "vitest";
import type { Zone } from "./cases";
import { boxAround, namesOf, placesOf } from "./places";

const zones: Zone[] = ["subject", "family", "friends", "school", "club", "area"];
const crowd = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `n${at}`,
    zone: at === 0 ? "subject" : (zones[1 + (at % 5)] as Zone),
  }));

describe("where somebody stands in the drawing", () => {
  it("puts whom it is about in the middle and nobody on top of another", () => {
    const places = placesOf(crowd(300));
    expect(places.get("n0")).toEqual({ x: 0, y: 0 });
    const all = [...places.values()];
    const near = all.flatMap((one, at) =>
      all.slice(at + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y)),
    );
    // A point is 30 wide, and 46 in the middle.
    expect(Math.min(...near)).toBeGreaterThan(46);
  });

  it("gives a group of many youths room in the middle", () => {
    const group = Array.from({ length: 12 }, (_, at) => ({ id: `s${at}`, zone: zones[0] as Zone }));
    const all = [...placesOf([...group, { id: "m", zone: "family" as Zone }]).values()];
    const near = all.flatMap((one, at) =>
      all.slice(at + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y)),
    );
    expect(Math.min(...near)).toBeGreaterThan(46);
  });

  it("leaves the others where they are when somebody comes in another zone", () => {
    const before = placesOf(crowd(20));
    const after = placesOf([...crowd(20), { id: "new", zone: "family" as Zone }]);
    const moved = [...before].filter(([id, { x, y }]) => {
      const now = after.get(id);
      return now?.x !== x || now.y !== y;
    });
    expect(moved.map(([id]) => crowd(20).find((one) => one.id === id)?.zone)).not.toContain(
      "friends",
    );
  });

  it("names only the zones where somebody is", () => {
    expect([...namesOf(crowd(3)).keys()]).toEqual(["school", "friends"]);
  });

  it("leaves room for the words around everybody", () => {
    const box = boxAround([
      { x: -100, y: 0 },
      { x: 100, y: 50 },
    ]);
    expect(box).toEqual({ x: 0, y: 25, width: 350, height: 146 });
    expect(boxAround([])).toBeNull();
  });
});
