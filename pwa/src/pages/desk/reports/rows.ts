/** Which rows of a table are shown, and which of them go together because they say nothing. */
import { type Cell, pathOf } from "./figures";

export interface Line extends Cell {
  depth: number;
  /** The names of all parts that are hidden here: they are one line together. */
  names?: string[];
}

/** A whole and its parts; where a whole is hidden or zero, its parts say nothing more. */
export function linesOf(cells: readonly Cell[], key = ""): Line[] {
  const whole = cells.find((cell) => cell.key === key);
  if (!whole) return [];
  const depth = pathOf(key).length;
  const line = { ...whole, depth };
  if (whole.at_least === 0) return [line];
  const parts = cells.filter(
    (cell) =>
      pathOf(cell.key).length === depth + 1 && (key === "" || cell.key.startsWith(`${key}/`)),
  );
  const silent = parts.filter(({ value, at_least }) => value === null && at_least === 0);
  const told = parts.filter((cell) => !silent.includes(cell));
  const rest: Line[] = silent.length
    ? [
        {
          key: `${key}/verborgen`,
          label: "",
          value: null,
          at_least: 0,
          by_quarter: [],
          depth: depth + 1,
          names: silent.map(({ label }) => label),
        },
      ]
    : [];
  return [line, ...told.flatMap((cell) => linesOf(cells, cell.key)), ...rest];
}

/** The share of a whole, in words, from what both show; nothing where either is hidden. */
export function share(part: Cell | undefined, other: Cell | undefined): string | null {
  if (part?.value == null || other?.value == null || part.value + other.value === 0) return null;
  return `${Math.round((100 * part.value) / (part.value + other.value))}%`;
}
