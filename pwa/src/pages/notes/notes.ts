/** The letter an organisation gets every quarter: what reports led to. */
import { json } from "../../request";

export interface SheetLine {
  name: string;
  value: string;
}

export interface SheetSection {
  title: string;
  said: string[];
  lines: SheetLine[];
}

/** What stands on one side of A4; the server writes it. */
export interface Sheet {
  title: string;
  to: string;
  opening: string[];
  figures: SheetSection[];
  sections: SheetSection[];
  closing: string[];
  signed: string;
}

export interface Note {
  id: string;
  quarter: string;
  organisation: string;
  made_at: string;
  sheet: Sheet;
}

export const notes = async (): Promise<Note[]> =>
  (await json<{ items: Note[] }>("GET", "/notes")).items;

/** "2026-Q4" as people say it. */
export function quarterText(id: string): string {
  const [year, number] = id.split("-Q");
  return `${number}e kwartaal van ${year}`;
}

const KEY = "quarterly note";

interface Known {
  /** The day on which the server was asked last. */
  day: string;
  /** The quarter of the newest letter, and of the newest that was read here. */
  newest: string;
  read: string;
}

const today = () => new Date().toISOString().slice(0, 10);

function known(): Known {
  const nothing = { day: "", newest: "", read: "" };
  try {
    return { ...nothing, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return nothing;
  }
}

function remember(kept: Known): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without it the letter is called new once more.
  }
}

/** The quarter of a letter that was not read on this device, or "". The server is asked once a day. */
export async function unread(): Promise<string> {
  let kept = known();
  if (kept.day !== today()) {
    const [first] = await notes();
    kept = { ...known(), day: today(), newest: first?.quarter ?? "" };
    remember(kept);
  }
  return kept.newest > kept.read ? kept.newest : "";
}

export function markRead(quarter: string): void {
  const kept = known();
  remember({ ...kept, newest: quarter > kept.newest ? quarter : kept.newest, read: quarter });
}
