/** What a meeting says on the screen. */
import type { Person } from "../../../types";
import type {
  Answer,
  CaseKind,
  Meeting,
  MeetingRow,
  MeetingState,
  Outcome,
  Point,
  UnmaskReason,
  Written,
} from "./meetings";

export const stateWords: Record<MeetingState, string> = {
  planned: "Gepland",
  running: "Nu bezig",
  ended: "Voorbij",
  cancelled: "Gaat niet door",
};

export const outcomeWords: ReadonlyArray<readonly [Outcome, string]> = [
  ["discussed", "Besproken"],
  ["case_started", "Casus beginnen"],
  ["following", "Blijven volgen"],
  ["referred", "Iemand erbij halen"],
  ["no_follow_up", "Geen vervolg nu"],
  ["later", "Naar het volgende overleg"],
];

export const caseKinds: ReadonlyArray<readonly [CaseKind, string]> = [
  ["youth", "Een jongere"],
  ["group", "Een groep"],
  ["place", "Een plek"],
];

export const unmaskReasons: ReadonlyArray<readonly [UnmaskReason, string]> = [
  ["who_knows", "Kijken wie deze jongere kent"],
  ["who_contacts", "Afspreken wie contact opneemt"],
  ["same_person", "Nagaan of het om dezelfde persoon gaat"],
];

export const answerWords: Record<Answer, string> = { yes: "Ja", partly: "Deels", no: "Nee" };

export function pointsText({ points, done, state }: MeetingRow): string {
  if (points === 0) return "nog geen punten";
  const all = points === 1 ? "1 punt" : `${points} punten`;
  return state === "running" || state === "ended" ? `${all}, ${done} besproken` : all;
}

/** The title of a point: ours, or what somebody wrote as far as it was opened. */
export function titleOf(point: Point, written: readonly Written[]): string {
  const own = written.find(({ id }) => id === point.id)?.title;
  return point.title || own || "Eigen punt";
}

/** What stands under the title in the list beside the stage. */
export function underOf(point: Point): string {
  if (point.done_at) return "besproken";
  return point.detail;
}

export interface Bit {
  text: string;
  /** It stands where a name was. */
  letter: boolean;
}

/** A text in bits, so that what covers a name can be shown as such. */
export function bitsOf(text: string, letters: readonly string[]): Bit[] {
  if (letters.length === 0) return [{ text, letter: false }];
  const longest = [...letters].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(`(${longest.map(plain).join("|")})(?![A-Za-z])`, "g");
  return text
    .split(pattern)
    .filter(Boolean)
    .map((bit) => ({ text: bit, letter: letters.includes(bit) }));
}

const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const mayLead = ({ role }: Person) => role !== "kernteam" && role !== "melder";
export const mayRecord = ({ role }: Person) => role !== "projectleider" && role !== "melder";
export const mayOpen = ({ role }: Person) => role !== "projectleider";

/** Where meeting mode begins: at the first point that was not dealt with. */
export function firstOpen(meeting: Meeting): number {
  const at = meeting.agenda.findIndex(({ done_at }) => done_at === null);
  return at < 0 ? 0 : at;
}

/** The value of a field for day and time, in Dutch time, as a moment with its zone. */
export function momentOf(day: string, time: string): string | null {
  const wanted = new Date(`${day}T${time}:00Z`);
  if (Number.isNaN(wanted.getTime())) return null;
  // Twice, because the offset at the guess may not be the one at the moment itself.
  let guess = wanted.getTime();
  for (let turn = 0; turn < 2; turn++) guess = wanted.getTime() - offset(new Date(guess));
  return new Date(guess).toISOString();
}

const parts = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Amsterdam",
  dateStyle: "short",
  timeStyle: "medium",
});

const offset = (moment: Date) =>
  Date.parse(`${parts.format(moment).replace(" ", "T")}Z`) - Math.floor(+moment / 1000) * 1000;
