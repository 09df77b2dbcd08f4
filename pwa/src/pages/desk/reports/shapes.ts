/** The areas of a table as shapes in a box, each with the letter under which it stands in the table. */
import { geoArea, geoCentroid, geoMercator, geoPath } from "d3-geo";
import type { Polygon } from "geojson";
import type { AreaFeature } from "../../../types";
import { pathOf, type Table } from "./figures";

export const WIDTH = 328;
export const HEIGHT = 220;
const EDGE = 8;
/** What a letter with a number under it takes at most, in units of the box. */
const ROOM = { width: 36, height: 30 };

export interface Shape {
  /** Its key in the table. */
  key: string;
  name: string;
  letter: string;
  d: string;
  /** Where its letter stands. */
  at: [number, number];
  /** Its number fits in it too. */
  roomy: boolean;
}

/** The wijken, or the buurten in one of them, in the order of the table, as large as the box allows. */
export function shapesOf(features: readonly AreaFeature[], table: Table, within: string): Shape[] {
  const depth = within ? 2 : 1;
  const drawn = table.cells.flatMap(({ key }) => {
    const path = pathOf(key);
    const feature = features.find(({ properties }) => properties.statcode === path.at(-1));
    return feature && path.length === depth && (!within || path[0] === within)
      ? [{ key, name: feature.properties.statnaam, polygons: polygonsOf(feature) }]
      : [];
  });
  const projection = geoMercator().fitExtent(
    [
      [EDGE, EDGE],
      [WIDTH - EDGE, HEIGHT - EDGE],
    ],
    { type: "GeometryCollection", geometries: drawn.flatMap(({ polygons }) => polygons) },
  );
  const path = geoPath(projection).digits(1);
  return drawn.map(({ key, name, polygons }, at) => {
    const [largest = NOWHERE] = [...polygons].sort((one, other) => geoArea(other) - geoArea(one));
    const [[left, top], [right, bottom]] = path.bounds(largest);
    return {
      key,
      name,
      letter: letterOf(at),
      d: polygons.map((one) => path(one)).join(""),
      at: projection(geoCentroid(largest)) ?? [0, 0],
      roomy: right - left >= ROOM.width && bottom - top >= ROOM.height,
    };
  });
}

const NOWHERE: Polygon = { type: "Polygon", coordinates: [] };

/** A, B, and after Z comes AA. */
const letterOf = (at: number) =>
  String.fromCharCode(65 + (at % 26)).repeat(1 + Math.floor(at / 26));

/** GeoJSON draws its edges the other way round than d3, which would take all else for the area. */
function polygonsOf({ geometry }: AreaFeature): Polygon[] {
  const all = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return all.map((rings) => {
    const polygon: Polygon = { type: "Polygon", coordinates: rings };
    return geoArea(polygon) < 2 * Math.PI
      ? polygon
      : { ...polygon, coordinates: rings.map((ring) => [...ring].reverse()) };
  });
}
