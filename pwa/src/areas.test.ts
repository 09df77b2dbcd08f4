import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { areaSet } from "./testing/content";
import { phone } from "./testing/phone";
import { json } from "./testing/server";
import type { AreaFeature, AreaSet } from "./types";

async function withAreas(set: AreaSet) {
  vi.stubGlobal("fetch", async () => json(set));
  const { areas, db } = await phone();
  await areas.refresh();
  return { areas, db };
}

const position = (longitude: number, latitude: number) => ({ coords: { longitude, latitude } });

function geolocation(answer: (ok: (at: unknown) => void, no: (error: unknown) => void) => void) {
  const getCurrentPosition = vi.fn(answer);
  vi.stubGlobal("navigator", { geolocation: { getCurrentPosition } });
  return getCurrentPosition;
}

describe("find", () => {
  let areas: Awaited<ReturnType<typeof withAreas>>["areas"];
  beforeEach(async () => {
    ({ areas } = await withAreas(areaSet));
  });

  test.each([
    ["inside a buurt", 5.1, 52.1, "BU02"],
    ["in the hole of a buurt, so in the wijk", 5.5, 52.5, "WK01"],
    ["in the second part of a buurt", 6.6, 52.6, "BU01"],
    ["between the parts", 6.4, 52.4, "WK01"],
    ["outside", 4.9, 52.1, undefined],
  ])("%s", (_name, lon, lat, code) => {
    expect(areas.find(lon, lat)?.code).toBe(code);
  });

  test("the list has the buurten by name, and names are found by code", () => {
    expect(areas.list().map((area) => area.name)).toEqual(["Eilanden", "Zuid"]);
    expect(areas.name("WK01")).toBe("Stad");
    expect(areas.source()).toBe("Bron: CBS");
  });
});

describe("the areas of Nijkerk", () => {
  const file = readFileSync("../content/gebieden/nijkerk.geojson", "utf8");
  const set = JSON.parse(file) as AreaSet;

  test("the station lies in a buurt, and Amersfoort outside", async () => {
    const { areas } = await withAreas(set);
    const station = areas.find(5.494, 52.2237);
    expect(station?.kind).toBe("buurt");
    expect(areas.list()).toContainEqual(station);
    expect(areas.find(5.387, 52.155)).toBeNull();
  });

  test("the middle of nearly every buurt lies in that buurt", async () => {
    const { areas } = await withAreas(set);
    const buurten = set.features.filter((feature) => feature.properties.soort === "buurt");
    const found = buurten.filter((feature) => {
      const [lon, lat] = middle(feature);
      return areas.find(lon, lat)?.code === feature.properties.statcode;
    });
    expect(buurten.length).toBeGreaterThan(20);
    expect(found.length / buurten.length).toBeGreaterThan(0.9);
  });
});

function middle({ geometry }: AreaFeature): [number, number] {
  const ring = (
    geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat()
  )[0];
  const points = (ring ?? []).slice(1);
  const sum = (axis: 0 | 1) => points.reduce((total, point) => total + point[axis], 0);
  return [sum(0) / points.length, sum(1) / points.length];
}

describe("locate", () => {
  test("gives the buurt and keeps no position", async () => {
    const { areas, db } = await withAreas(areaSet);
    const asked = geolocation((ok) => ok(position(5.1, 52.1)));
    expect(await areas.locate()).toMatchObject({ area: { code: "BU02" } });
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked.mock.calls[0]).toMatchObject([{}, {}, { enableHighAccuracy: false }]);
    const rows = await (await db.open()).getAll("meta");
    expect(JSON.stringify(rows)).not.toContain("52.1");
  });

  test.each([
    ["outside the gemeente", "outside", geolocated(4, 52)],
    ["refused", "refused", failing(1)],
    ["not to be found", "unavailable", failing(2)],
    ["too slow", "unavailable", failing(3)],
  ])("%s", async (_name, problem, answer) => {
    const { areas } = await withAreas(areaSet);
    geolocation(answer);
    expect(await areas.locate()).toEqual({ problem });
  });

  test("a phone that has no position says so", async () => {
    const { areas } = await withAreas(areaSet);
    expect(await areas.locate()).toEqual({ problem: "unavailable" });
  });
});

function geolocated(lon: number, lat: number) {
  return (ok: (at: unknown) => void) => ok(position(lon, lat));
}

function failing(code: number) {
  return (_ok: unknown, no: (error: unknown) => void) => no({ code, PERMISSION_DENIED: 1 });
}
