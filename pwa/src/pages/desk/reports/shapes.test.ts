import { readFileSync } from "node:fs";
import { polygonContains } from "d3-polygon";
import { describe, expect, test } from "vitest";
import { areaSet } from "../../../testing/content";
import type { AreaSet } from "../../../types";
import type { Cell, Table } from "./figures";
import { HEIGHT, shapesOf, WIDTH } from "./shapes";

const nijkerk = JSON.parse(readFileSync("../content/gebieden/nijkerk.geojson", "utf8")) as AreaSet;
const codes = (kind: string) =>
  nijkerk.features
    .filter(({ properties }) => properties.soort === kind)
    .map(({ properties }) => properties.statcode)
    .sort();
const tableOf = (keys: string[]): Table => ({
  name: "area",
  title: "Waar",
  of: "Wijk en buurt",
  cells: keys.map((key) => ({ key, label: key, value: 9, at_least: 9, by_quarter: [9] }) as Cell),
});
const buurten = codes("buurt").map((code) => `WK${code.slice(2, 8)}/${code}`);
const table = tableOf(["", ...codes("wijk"), ...buurten, "none"]);
const points = (d: string) =>
  d
    .split(/[MLZ]/)
    .filter(Boolean)
    .map((pair) => pair.split(",").map(Number) as [number, number]);

describe("the areas of a table", () => {
  const wijken = shapesOf(nijkerk.features, table, "");

  test("are the wijken, or the buurten of one, each with its own letter in the order of the table", () => {
    expect(wijken.map(({ key }) => key)).toEqual(codes("wijk"));
    expect(wijken.map(({ letter }) => letter).join("")).toBe("ABCDE");
    const inside = shapesOf(nijkerk.features, table, "WK026701");
    expect(inside.map(({ key }) => key)).toEqual(
      buurten.filter((key) => key.startsWith("WK026701")),
    );
    expect(new Set(inside.map(({ letter }) => letter)).size).toBe(inside.length);
  });

  test("get two letters after Z", () => {
    const many = Array.from({ length: 28 }, (_, at) => ({
      ...nijkerk.features[1],
      properties: { soort: "wijk", statcode: `WK${at}`, statnaam: `Wijk ${at}` },
    })) as AreaSet["features"];
    const keys = many.map(({ properties }) => properties.statcode);
    const letters = shapesOf(many, tableOf(keys), "").map(({ letter }) => letter);
    expect(letters.slice(25)).toEqual(["Z", "AA", "BB"]);
  });

  test("fill the box and stay in it, north on top", () => {
    const all = wijken.flatMap(({ d }) => points(d));
    const [across, down] = [all.map(([x]) => x), all.map(([, y]) => y)];
    expect(Math.min(...across, ...down)).toBeGreaterThan(7);
    expect(Math.max(...across)).toBeLessThan(WIDTH - 7);
    expect(Math.max(...down)).toBeCloseTo(HEIGHT - 8, 0);
    const arkemheen = wijken.find(({ name }) => name.startsWith("Arkemheen"));
    const hoevelaken = wijken.find(({ name }) => name === "Hoevelaken");
    expect(arkemheen?.at[1]).toBeLessThan(hoevelaken?.at[1] ?? 0);
  });

  test("have their letter inside their own shape", () => {
    for (const within of ["", ...codes("wijk")]) {
      for (const { at, d, name } of shapesOf(nijkerk.features, table, within)) {
        const parts = d.split("Z").filter(Boolean).map(points);
        expect(
          parts.some((part) => polygonContains(part, at)),
          name,
        ).toBe(true);
      }
    }
  });

  test("of several parts are all drawn", () => {
    const [parts] = shapesOf(areaSet.features, tableOf(["WK01/BU01"]), "WK01");
    expect(parts?.d.match(/M/g)?.length).toBe(2);
  });

  test("that are not known are not drawn", () => {
    expect(shapesOf(nijkerk.features, tableOf(["", "WK999999", "none"]), "")).toEqual([]);
    expect(shapesOf([], table, "")).toEqual([]);
  });
});
