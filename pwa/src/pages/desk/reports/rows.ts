/** Which rows of a table are shown, and which of them go together because they say nothing. */
import { type Cell, cellOf, pathOf, type Table } from "./figures";

/** The whole, one of its parts, or the parts together of which nothing is known or nothing came in. */
export type Line =
  | { kind: "one"; cell: Cell; depth: number }
  | { kind: "hidden" | "nothing"; key: string; cells: Cell[]; depth: number };

/** Below it the least that is known says nothing, above it the most. */
const HALF = 50;

/** Their own order says something: days and phases follow each other. */
const IN_ORDER = ["answer", "phase"];

/** A whole and its parts, the most first; where a whole is hidden or zero, its parts say nothing more. */
export function linesOf(table: Table, key = "", compared?: Table): Line[] {
  const whole = cellOf(table, key);
  if (!whole) return [];
  const depth = pathOf(key).length;
  const line: Line = { kind: "one", cell: whole, depth };
  if (whole.at_least === 0) return [line];
  const parts = table.cells.filter(
    (cell) =>
      pathOf(cell.key).length === depth + 1 && (key === "" || cell.key.startsWith(`${key}/`)),
  );
  const before = (cell: Cell) => (cellOf(compared, cell.key) ?? { value: 0 }).value;
  const hidden = parts.filter(({ value, at_least }) => value === null && at_least === 0);
  // What came in before is worth its own line, beside the nothing of now.
  const nothing = parts.filter((cell) => cell.value === 0 && before(cell) === 0);
  const told = parts.filter((cell) => !hidden.includes(cell) && !nothing.includes(cell));
  if (!IN_ORDER.includes(table.name)) told.sort((one, other) => other.at_least - one.at_least);
  const together = (kind: "hidden" | "nothing", cells: Cell[]): Line[] =>
    cells.length ? [{ kind, key: `${key}/${kind}`, cells, depth: depth + 1 }] : [];
  return [
    line,
    ...told.flatMap((cell) => linesOf(table, cell.key, compared)),
    ...together("nothing", nothing),
    ...together("hidden", hidden),
  ];
}

/** The share of a whole, in words, from what both show; nothing where either is hidden. */
export function share(part: Cell | undefined, whole: Cell | undefined): string | null {
  if (part?.value == null || !whole?.value) return null;
  return `${Math.round((100 * part.value) / whole.value)}%`;
}

/** Which share was answered on time, of all who were owed an answer: who never heard counts too. */
export function onTime(table: Table | undefined): string | null {
  const part = cellOf(table, "on_time");
  const whole = cellOf(table, "");
  return share(part, whole) ?? bound(table, part, whole);
}

/** What everybody can work out of a hidden share, as the server says it on paper. */
function bound(
  table: Table | undefined,
  part: Cell | undefined,
  whole: Cell | undefined,
): string | null {
  if (!table || !part || !whole?.value) return null;
  const beside = table.cells.filter(({ key }) => pathOf(key).length === 1 && key !== part.key);
  const most = beside.reduce((left, { at_least }) => left - at_least, whole.value);
  const percent = (count: number) => (100 * count) / (whole.value ?? 1);
  if (percent(part.at_least) >= HALF) return `${Math.floor(percent(part.at_least))}% of meer`;
  return percent(most) <= HALF ? `${Math.ceil(percent(most))}% of minder` : null;
}
