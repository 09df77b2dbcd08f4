/** A small drawing of one buurt and what lies around it: shapes in a box, north on top. */
import { polygonArea, polygonCentroid } from "d3-polygon";
import type { AreaFeature, Ring } from "../../types";

export const WIDTH = 328;
export const HEIGHT = 150;
/** The part of the box that the buurt itself fills at most. */
const FILLED = 0.45;
/** Roughly what a letter of a name takes, in units of the box. */
const LETTER = 6.5;

type Point = [number, number];

export interface Shape {
  code: string;
  name: string;
  path: string;
  /** Where its name fits; null for a neighbour that is too small or out of sight. */
  label: Point | null;
}

/** The buurten as shapes around the one with this code; null when that one is unknown. */
export function draw(features: readonly AreaFeature[], code: string): Shape[] | null {
  const chosen = features.find((feature) => feature.properties.statcode === code);
  if (!chosen) return null;
  const place = placing(outers(chosen).flat());
  return features
    .filter((feature) => feature.properties.soort === chosen.properties.soort)
    .map((feature) => shape(feature, place, feature === chosen));
}

function shape(feature: AreaFeature, place: (point: Point) => Point, chosen: boolean): Shape {
  const rings = outers(feature).map((ring) => ring.map(place));
  const { statcode, statnaam } = feature.properties;
  return {
    code: statcode,
    name: statnaam,
    path: rings.map(toPath).join(""),
    label: labelPlace(rings, statnaam, chosen),
  };
}

/** Degrees to the box: these in the middle, filling a share of it, without stretching. */
function placing(points: readonly Point[]): (point: Point) => Point {
  const [west, east] = range(points.map(([lon]) => lon));
  const [south, north] = range(points.map(([, lat]) => lat));
  // A degree of longitude is this much shorter than one of latitude.
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale =
    FILLED * Math.min(WIDTH / ((east - west) * squeeze || 1), HEIGHT / (north - south || 1));
  return ([lon, lat]) => [
    WIDTH / 2 + (lon - (west + east) / 2) * squeeze * scale,
    HEIGHT / 2 - (lat - (south + north) / 2) * scale,
  ];
}

function labelPlace(rings: readonly Point[][], name: string, chosen: boolean): Point | null {
  const largest = [...rings].sort((a, b) => size(b) - size(a))[0];
  if (!largest) return null;
  const [x, y] = polygonCentroid(largest);
  if (chosen) return [x, y];
  const [left, right] = range(largest.map(([across]) => across));
  const half = (name.length * LETTER) / 2;
  const fits = right - left > 2 * half && x > half && x < WIDTH - half && y > 12 && y < HEIGHT - 4;
  return fits ? [x, y] : null;
}

const size = (ring: Point[]) => Math.abs(polygonArea(ring));
const range = (numbers: number[]): Point => [Math.min(...numbers), Math.max(...numbers)];
const toPath = (ring: readonly Point[]) =>
  `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;

function outers({ geometry }: AreaFeature): Ring[] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap(([outer]) => (outer ? [outer] : []));
}
