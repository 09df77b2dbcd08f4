import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { areaSet } from "../../testing/content";
import type { AreaSet } from "../../types";
import { draw, HEIGHT, WIDTH } from "./map";

const nijkerk = JSON.parse(readFileSync("../content/gebieden/nijkerk.geojson", "utf8")) as AreaSet;

describe("a drawing of a buurt", () => {
  const shapes = draw(nijkerk.features, "BU02670102") ?? [];
  const points = (path: string) =>
    path
      .split(/[MLZ]/)
      .filter(Boolean)
      .map((pair) => pair.split(" ").map(Number));

  test("has the buurten around it, and no wijk that would lie over them", () => {
    expect(shapes.length).toBeGreaterThan(10);
    expect(shapes.every((shape) => shape.code.startsWith("BU"))).toBe(true);
  });

  test("has the buurt in the middle, as large as it may be", () => {
    const all = points(shapes.find((shape) => shape.code === "BU02670102")?.path ?? "");
    const across = all.map(([x]) => x as number);
    const down = all.map(([, y]) => y as number);
    const middle = (numbers: number[]) => (Math.min(...numbers) + Math.max(...numbers)) / 2;
    expect(middle(across)).toBeCloseTo(WIDTH / 2, 0);
    expect(middle(down)).toBeCloseTo(HEIGHT / 2, 0);
    const wide = (Math.max(...across) - Math.min(...across)) / WIDTH;
    const high = (Math.max(...down) - Math.min(...down)) / HEIGHT;
    expect(Math.max(wide, high)).toBeCloseTo(0.45, 2);
  });

  test("names the buurt, and a neighbour only where its name fits", () => {
    expect(shapes.find((shape) => shape.code === "BU02670102")?.label).not.toBeNull();
    const named = shapes.filter((shape) => shape.label);
    expect(named.length).toBeLessThan(shapes.length);
    for (const { label } of named) {
      expect(label?.[0]).toBeGreaterThan(0);
      expect(label?.[0]).toBeLessThan(WIDTH);
    }
  });

  test("of several parts has them all", () => {
    const parts = draw(areaSet.features, "BU01")?.find((shape) => shape.code === "BU01");
    expect(parts?.path.match(/M/g)?.length).toBe(2);
  });

  test("is not made of a place that is no buurt", () => {
    expect(draw(nijkerk.features, "unknown")).toBeNull();
  });
});
