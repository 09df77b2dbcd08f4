/** The figures of a period, as the server tells them; nothing is counted or added up here. */
import { json } from "../../../request";

export interface Cell {
  /** From the whole to the part with slashes between; empty for the total. */
  key: string;
  label: string;
  /** null is hidden. */
  value: number | null;
  /** What of it some quarters show. */
  at_least: number;
  by_quarter: (number | null)[];
}

export interface Table {
  name: string;
  title: string;
  of: string;
  cells: Cell[];
}

export interface Period {
  first: string;
  last: string;
  begins_on: string;
  ends_on: string;
  quarters: string[];
  missing: string[];
  tables: Table[];
}

export interface Figures {
  least: number;
  warning: string;
  hiding: string;
  periods: string[];
  current: { quarter: string; due_at: string };
  shown: Period;
  compared: Period | null;
  changes: string[];
}

/** What of the figures is looked at; all of it stands in the address. */
export interface Asked {
  first?: string | undefined;
  last?: string | undefined;
  against?: string | undefined;
}

export function figures(asked: Asked): Promise<Figures> {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked)) if (value) query.set(key, value);
  const text = query.toString();
  return json<Figures>("GET", `/figures${text ? `?${text}` : ""}`);
}

/** "2026-Q4" as people say it. */
export function quarterName(id: string): string {
  const [year, number] = id.split("-Q");
  return `${number}e kwartaal van ${year}`;
}

export const periodName = ({ first, last }: { first: string; last: string }) =>
  first === last ? quarterName(first) : `${quarterName(first)} tot en met ${quarterName(last)}`;

/** The same for the head of a column, where there is little room: two lines at most. */
export function shortName({ first, last }: { first: string; last: string }): string {
  const [from, until] = [first, last].map((id) => id.split("-Q")) as [string[], string[]];
  if (first === last) return `${from[1]}e kw. ${from[0]}`;
  const name = ([year, number]: string[]) => `${number}e kw. ’${year?.slice(-2)}`;
  const years = from[1] === "1" && until[1] === "4";
  if (years && from[0] === until[0]) return `${from[0]}`;
  return years ? `${from[0]} – ${until[0]}` : `${name(from)} – ${name(until)}`;
}

/** The quarter so many after this one. */
export function plus(id: string, count: number): string {
  const [year, number] = id.split("-Q").map(Number) as [number, number];
  const at = year * 4 + number - 1 + count;
  return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
}

/** How many quarters lie from the one up to and including the other. */
export function lengthOf({ first, last }: { first: string; last: string }): number {
  const [at, end] = [first, last].map((id) => {
    const [year, number] = id.split("-Q").map(Number) as [number, number];
    return year * 4 + number;
  }) as [number, number];
  return end - at + 1;
}

const LENGTHS = [1, 4, 12];

/** How many quarters a period may have: a longer one only where it shows more than a shorter one. */
export function lengthsFor({ periods, shown }: Pick<Figures, "periods" | "shown">): number[] {
  const last = shown.last;
  const known = (length: number) =>
    periods.filter((quarter) => quarter > plus(last, -length) && quarter <= last).length;
  const telling = LENGTHS.filter(
    (length, at) => at === 0 || known(length) > known(LENGTHS[at - 1] ?? 1),
  );
  return [...new Set([...telling, lengthOf(shown)])].sort((one, other) => one - other);
}

/** Where a period to compare with may begin: just ahead or a year back, if all of it is there. */
export function beginningsFor({ periods, shown, compared }: Figures): string[] {
  if (shown.missing.length > 0) return [];
  const length = lengthOf(shown);
  const there = (first: string) =>
    Array.from({ length }, (_, at) => plus(first, at)).every((one) => periods.includes(one));
  const asked = [plus(shown.first, -length), plus(shown.first, -4), compared?.first ?? ""];
  return [...new Set(asked)].filter((first) => first && there(first));
}

export const tableOf = (period: Period | null, name: string): Table | undefined =>
  period?.tables.find((table) => table.name === name);

export const cellOf = (table: Table | undefined, key: string): Cell | undefined =>
  table?.cells.find((cell) => cell.key === key);

export const pathOf = (key: string): string[] => (key ? key.split("/") : []);

/** A number as it is said: itself, at least so many, or hidden. */
export const told = (cell: Cell | undefined): string =>
  !cell
    ? "0"
    : cell.value !== null
      ? String(cell.value)
      : cell.at_least > 0
        ? `ten minste ${cell.at_least}`
        : "verborgen";
