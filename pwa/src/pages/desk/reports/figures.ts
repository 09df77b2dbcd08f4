/** What was published of each quarter, and how its parts are called. */
import * as areas from "../../../areas";
import * as cards from "../../../cards";
import { json } from "../../../request";

export type TableName = "card" | "organisation" | "area" | "signal" | "answer";

export interface Row {
  /** From the whole to the part; empty for the total. */
  path: string[];
  /** null is hidden. */
  count: number | null;
}

export interface Quarter {
  quarter: string;
  begins_on: string;
  tables: { name: TableName; rows: Row[] }[];
}

export interface Published {
  least: number;
  quarters: Quarter[];
  current: { quarter: string; due_at: string };
}

export const figures = () => json<Published>("GET", "/figures");

export const TABLES: Record<TableName, { title: string; of: string }> = {
  signal: { title: "Wat er is gezien", of: "Soort signaal" },
  area: { title: "Waar", of: "Wijk en buurt" },
  card: { title: "Met welke kaart", of: "Kaart" },
  organisation: { title: "Van wie", of: "Soort organisatie" },
  answer: { title: "Wanneer de melder antwoord kreeg", of: "Termijn" },
};

const ORGANISATIONS: Record<string, string> = {
  gemeente: "Gemeente",
  school: "School",
  club: "Club",
  politie: "Politie",
  jongerenwerk: "Jongerenwerk",
  om: "Openbaar Ministerie",
};

const ANSWERS: Record<string, string> = {
  on_time: "Op tijd",
  late: "Te laat",
  "2": "Binnen 2 werkdagen",
  "5": "Binnen 3 tot 5 werkdagen",
  "10": "Binnen 6 tot 10 werkdagen",
  longer: "Later",
};

const NOTHING: Record<TableName, string> = {
  signal: "Geen signaal aangekruist",
  area: "Geen buurt ingevuld",
  card: "Geen kaart",
  organisation: "Onbekend",
  answer: "Onbekend",
};

/** The name of one row; what is no more on a card or map keeps the name it is known by. */
export function nameOf(table: TableName, path: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return "Alles bij elkaar";
  if (last === "none") return NOTHING[table];
  if (last === "other") return path.length > 1 ? "De rest hiervan" : "Iets anders";
  return known(table, path, last) ?? last;
}

function known(table: TableName, path: readonly string[], last: string): string | undefined {
  if (table === "organisation") return ORGANISATIONS[last];
  if (table === "answer") return ANSWERS[last];
  if (table === "area") return areas.name(last);
  if (table === "card") return cards.card(last)?.title;
  if (path.length === 1) return cards.gemeente()?.group_labels[last as never];
  return cards.all()?.concepts.find(({ id }) => id === last)?.name;
}

/** "2026-Q4" as people say it. */
export function quarterName(id: string): string {
  const [year, number] = id.split("-Q");
  return `${number}e kwartaal van ${year}`;
}

export const rowsOf = (quarter: Quarter | undefined, table: TableName): Row[] =>
  quarter?.tables.find(({ name }) => name === table)?.rows ?? [];

export const countAt = (rows: readonly Row[], path: readonly string[]): number | null =>
  rows.find((row) => row.path.join("/") === path.join("/"))?.count ?? null;
