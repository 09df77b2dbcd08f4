/** The wijken and buurten of this gemeente, and in which of them somebody stands. */
import { polygonContains } from "d3-polygon";
import * as api from "./api";
import { inDb, write } from "./db";
import { listen, tell, tellTab } from "./listeners";
import type { Area, AreaFeature, AreaSet, Ring } from "./types";

const LIMIT = 15_000;

let kept: AreaSet | null = null;

export const onChange = (fn: () => void) => listen("areas", fn);
/** To show with the list: where these areas come from. */
export const source = (): string => kept?.source ?? "";
/** The shapes, to draw. */
export const features = (): readonly AreaFeature[] => kept?.features ?? [];

/** Reads what was kept; needs no network. */
export async function load(): Promise<void> {
  if (kept) return;
  const row = await inDb((db) => db.get("content", "areas"));
  kept ??= (row?.body as AreaSet | undefined) ?? null;
  tellTab("areas");
}

/** Fetches the areas when they changed; without an answer the kept ones stay. */
export async function refresh(): Promise<void> {
  try {
    const row = await inDb((db) => db.get("content", "areas"));
    const answer = await api.areas(row?.etag ?? null);
    if (!answer) return;
    kept = answer.body;
    const { etag, body } = answer;
    await write(["content"], (transaction) =>
      transaction.objectStore("content").put({ name: "areas", etag, body }),
    );
    tell("areas");
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
  }
}

/** Buurten where the gemeente has them, else wijken; by name. */
export function list(): Area[] {
  const features = kept?.features ?? [];
  const buurten = features.filter((feature) => feature.properties.soort === "buurt");
  const wijken = features.filter((feature) => feature.properties.soort === "wijk");
  return (buurten.length > 0 ? buurten : wijken)
    .map(toArea)
    .sort((a, b) => a.name.localeCompare(b.name, "nl"));
}

/** The name of a buurt or wijk, for what was recorded with its code. */
export function name(code: string): string | undefined {
  return kept?.features.find((feature) => feature.properties.statcode === code)?.properties
    .statnaam;
}

/** The buurt, or else the wijk, in which this place lies. */
export function find(lon: number, lat: number): Area | null {
  const around = (kept?.features ?? []).filter((feature) => contains(feature, [lon, lat]));
  const best =
    around.find((feature) => feature.properties.soort === "buurt") ??
    around.find((feature) => feature.properties.soort === "wijk");
  return best ? toArea(best) : null;
}

function toArea({ properties }: AreaFeature): Area {
  const kind = properties.soort === "buurt" ? "buurt" : "wijk";
  return { code: properties.statcode, name: properties.statnaam, kind };
}

function contains({ geometry }: AreaFeature, point: [number, number]): boolean {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some(
    ([outer, ...holes]: Ring[]) =>
      outer !== undefined &&
      polygonContains(outer, point) &&
      !holes.some((hole) => polygonContains(hole, point)),
  );
}

export type Located = { area: Area } | { problem: "refused" | "outside" | "unavailable" };

/** Asks once where this phone is. The position itself is neither kept nor sent: only the area is. */
export function locate(): Promise<Located> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve({ problem: "unavailable" });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const area = find(coords.longitude, coords.latitude);
        resolve(area ? { area } : { problem: "outside" });
      },
      (error) => {
        resolve({ problem: error.code === error.PERMISSION_DENIED ? "refused" : "unavailable" });
      },
      { enableHighAccuracy: false, maximumAge: 60_000, timeout: LIMIT },
    );
  });
}
