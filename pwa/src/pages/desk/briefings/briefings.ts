/** The sheets about a quarter, the story on them, and the letters for organisations. */
import { json, request } from "../../../request";
import type { Role } from "../../../types";
import type { Sheet } from "../../notes/notes";

export type Kind = "driehoek" | "raad";

export const KINDS: readonly (readonly [Kind, string])[] = [
  ["driehoek", "Driehoek"],
  ["raad", "Gemeenteraad"],
];

export interface Story {
  text: string;
  /** 0 when nobody wrote anything yet. */
  version: number;
  at: string | null;
  by: string | null;
}

export interface Briefing {
  kind: Kind;
  quarter: string;
  sheet: Sheet;
  text: string;
  story: Story;
}

export interface Briefings {
  periods: string[];
  current: { quarter: string; due_at: string };
  shown: Briefing | null;
}

export type GiveawayKind = "name" | "organisation" | "address" | "day" | "age" | "number";

export interface Giveaway {
  kind: GiveawayKind;
  words: string;
}

export interface Checked {
  giveaways: Giveaway[];
  over: number;
}

export interface PaperNote {
  id: string;
  quarter: string;
  organisation: string;
  made_at: string;
}

/** Drawing a page takes the server a few seconds. */
const PAPER = 60_000;

export const briefing = (kind: Kind, quarter: string | null) =>
  json<Briefings>(
    "GET",
    `/briefings?kind=${kind}${quarter ? `&quarter=${encodeURIComponent(quarter)}` : ""}`,
  );
export const paper = async (kind: Kind, quarter: string) =>
  (await request("POST", "/briefings/prints", { body: { kind, quarter }, limit: PAPER })).blob();
export const check = (text: string) => json<Checked>("POST", "/stories/checks", { body: { text } });
export const write = (
  quarter: string,
  {
    version,
    text,
    seen,
    readOver,
  }: { version: number; text: string; seen: string[]; readOver: boolean },
) =>
  json<Story>("PUT", "/stories", {
    body: { quarter, version, text, seen, read_over: readOver },
  });
export const paperNotes = async () =>
  (await json<{ items: PaperNote[] }>("GET", "/notes/prints")).items;
export const notePaper = async (id: string) =>
  (
    await request("POST", `/notes/${encodeURIComponent(id)}/prints`, { body: {}, limit: PAPER })
  ).blob();

export const readsBriefings = (role: Role): boolean => role !== "contactpersoon";
export const writesStories = (role: Role): boolean =>
  role === "procesregisseur" || role === "projectleider";
export const handsOutNotes = (role: Role): boolean =>
  role === "procesregisseur" || role === "contactpersoon";

/** Why a word may tell who it is about. */
export const WHY: Record<GiveawayKind, string> = {
  name: "lijkt een naam",
  organisation: "een school of club",
  address: "lijkt een adres",
  day: "een dag of tijd",
  age: "leeftijd of klas",
  number: "een nummer of account",
};

/** Each word once, in the order of the text. */
export function apart(giveaways: readonly Giveaway[]): Giveaway[] {
  return giveaways.filter(
    ({ words }, at) => giveaways.findIndex((one) => one.words === words) === at,
  );
}

/** Where the screen of a kind and a quarter is. */
export const pathOf = (kind: Kind, quarter: string): string =>
  `/brieven?soort=${kind}&kwartaal=${quarter}`;

export const kindOf = (asked: string | null): Kind => (asked === "raad" ? "raad" : "driehoek");

export function keep(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
