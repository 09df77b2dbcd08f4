/** How long to wait after failures: 1 second, doubling to 5 minutes, spread so that not all come at once. */

const FIRST = 1_000;
const LONGEST = 300_000;

export function pause(failures: number, random: number = Math.random()): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + random / 2));
}
