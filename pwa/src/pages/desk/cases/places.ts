/** Where everybody stands in the drawing: around whom it is about, each zone in a direction of its own. */

import type { Node, Zone } from "./cases";

export interface Place {
  x: number;
  y: number;
}

type Around = Exclude<Zone, "subject">;

/** The direction of each zone, in turns. */
const turns: Record<Around, number> = {
  family: 0.6,
  school: 0.85,
  club: 0.04,
  area: 0.21,
  friends: 0.4,
};
/** How much of a turn a zone takes. */
const WIDTH = 0.16;
/** A screen is wider than it is high. */
const WIDER = 1.35;
const FIRST = 190;
const STEP = 95;
const HEART = 80;

function at(turn: number, radius: number): Place {
  const angle = turn * 2 * Math.PI;
  return { x: Math.cos(angle) * radius * WIDER, y: Math.sin(angle) * radius };
}

/** Of the first ring two stand side by side, and one more on each ring outside it. */
function ringOf(index: number): { ring: number; before: number; room: number } {
  let [ring, before] = [0, 0];
  while (index >= before + ring + 2) {
    before += ring + 2;
    ring += 1;
  }
  return { ring, before, room: ring + 2 };
}

/** The same for the same people, so that a day chosen before or after throws nothing about. */
export function placesOf(nodes: readonly Pick<Node, "id" | "zone">[]): Map<string, Place> {
  const places = new Map<string, Place>();
  const heart = nodes.filter(({ zone }) => zone === "subject");
  heart.forEach(({ id }, index) => {
    places.set(id, at(index * 0.382, HEART * Math.sqrt(index)));
  });
  const start = FIRST + HEART * Math.sqrt(Math.max(0, heart.length - 1));
  for (const zone of Object.keys(turns) as Around[]) {
    const here = nodes.filter((one) => one.zone === zone);
    here.forEach(({ id }, index) => {
      const { ring, before, room } = ringOf(index);
      const taken = Math.min(room, here.length - before);
      const spread = ((index - before + 0.5) / taken - 0.5) * WIDTH * (taken / room);
      places.set(id, at(turns[zone] + spread, start + ring * STEP));
    });
  }
  return places;
}

/** Where the name of each zone stands: outside everybody in it. */
export function namesOf(nodes: readonly Pick<Node, "id" | "zone">[]): Map<Around, Place> {
  const heart = nodes.filter(({ zone }) => zone === "subject").length;
  const start = FIRST + HEART * Math.sqrt(Math.max(0, heart - 1));
  const names = new Map<Around, Place>();
  for (const zone of Object.keys(turns) as Around[]) {
    const count = nodes.filter((one) => one.zone === zone).length;
    if (count === 0) continue;
    const { ring } = ringOf(count - 1);
    names.set(zone, at(turns[zone], start + (ring + 0.9) * STEP));
  }
  return names;
}

/** A word is wider than it is high, and stands under its point. */
const MARGIN = { x: 75, y: 48 };

/** The middle and the size of what holds all places with their words; null when there are none. */
export function boxAround(places: readonly Place[]) {
  if (places.length === 0) return null;
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left + 2 * MARGIN.x,
    height: bottom - top + 2 * MARGIN.y,
  };
}
