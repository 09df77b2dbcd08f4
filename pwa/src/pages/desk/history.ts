/** What happened to a report, in words, oldest first. */

import type { ObservationPlain, TimelineEntry } from "../../types";
import { longMoment } from "./day";
import {
  answerWords,
  closedBecause,
  deskWords,
  purposeWords,
  reporterPurposeWords,
  sourceWords,
  stateWords,
} from "./phrases";
import { receiverName } from "./referral";
import { notInformedWords } from "./rights/phrases";

export interface Line {
  key: string;
  title: string;
  when: string;
  note: string;
  /** What the reporter added or the desk answered, when the envelope is open. */
  text?: string | undefined;
}

/** How often it happened in a row. */
type Told = TimelineEntry & { times: number };

const tenMinutes = 600_000;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function doneBy(entry: TimelineEntry, me: string): string {
  if (!entry.by) return "";
  return entry.by.id === me ? " door jou" : ` door ${entry.by.name}`;
}

function word<T extends string>(words: Record<T, string>, key: string | null | undefined): string {
  return key && Object.hasOwn(words, key) ? words[key as T] : "";
}

/** What a phone sent has no detail; what was entered at the desk says how it came. */
function isEntered(entry: TimelineEntry): boolean {
  return word(sourceWords, entry.detail) !== "";
}

/** "closed:left" holds the state and the reason. */
function stateIn(entry: TimelineEntry): string {
  return entry.detail?.split(":")[0] ?? "";
}

function titleOf(entry: Told, me: string): string {
  switch (entry.kind) {
    case "received":
      return entry.by && isEntered(entry) ? `Ingevoerd${doneBy(entry, me)}` : "Gemeld";
    case "handed_over":
      return `Aan loket ${word(deskWords, entry.detail)} gegeven${doneBy(entry, me)}`;
    case "referred":
      return `${receiverName(entry.detail)} erbij gehaald${doneBy(entry, me)}`;
    case "opened":
      return `Envelop ${entry.times > 1 ? `${entry.times} keer ` : ""}geopend${doneBy(entry, me)}`;
    case "state":
      return `${word(stateWords, stateIn(entry)) || "Veranderd"}${doneBy(entry, me)}`;
    case "feedback":
      return `Terugkoppeling gestuurd${doneBy(entry, me)}`;
    case "question":
      return `Vraag gesteld${doneBy(entry, me)}`;
    case "addition":
      return "Aanvulling van de melder";
    case "withdrawal_requested":
      return "De melder wil deze melding intrekken";
    case "withdrawal_kept":
      return `Intrekken kan niet, de melding blijft${doneBy(entry, me)}`;
    case "reporter_opened":
      return `Bekeken wie dit meldde${doneBy(entry, me)}`;
    case "assigned":
      return `Opgepakt${doneBy(entry, me)}`;
    case "bundled":
      return `In een bundel gezet${doneBy(entry, me)}`;
    case "unbundled":
      return `Uit de bundel gehaald${doneBy(entry, me)}`;
    case "merged":
      return `In een andere bundel gezet${doneBy(entry, me)}`;
    case "in_case":
      return `In een casus gezet${doneBy(entry, me)}`;
    case "taken_over":
      return `Overgenomen bij afwezigheid${doneBy(entry, me)}`;
    case "escalated":
      return "Te lang blijven liggen: het andere loket weet het";
    case "corrected":
      return `Verbeterd op verzoek${doneBy(entry, me)}`;
    case "objection":
      return `Bezwaar vastgelegd${doneBy(entry, me)}`;
    case "objection_decided":
      return `Over bezwaar besloten${doneBy(entry, me)}`;
    case "from_late_box":
      return `Bij de nakomers weggehaald${doneBy(entry, me)}`;
    case "informing":
      return `${entry.detail === "informed" ? "Jongere of ouder geïnformeerd" : "Informeren uitgesteld"}${doneBy(entry, me)}`;
  }
}

function noteOf(entry: TimelineEntry, plain: ObservationPlain): string {
  if (entry.kind === "opened") {
    const purpose = word(purposeWords, entry.detail);
    return purpose && `Reden: ${purpose.toLowerCase()}.`;
  }
  if (entry.kind === "reporter_opened") {
    const purpose = word(reporterPurposeWords, entry.detail);
    return purpose && `Reden: ${purpose.toLowerCase()}.`;
  }
  if (entry.kind === "state") return word(closedBecause, entry.detail?.split(":")[1]);
  if (entry.kind === "feedback") return word(answerWords(), entry.detail);
  if (entry.kind === "informing") return word(notInformedWords, entry.detail?.split(":")[1]);
  if (entry.kind !== "received") return "";
  if (isEntered(entry)) return `Kwam binnen ${word(sourceWords, entry.detail)}.`;
  const late = Date.parse(plain.received_at) - Date.parse(plain.made_at) > tenMinutes;
  if (plain.skewed)
    return "De klok van dit toestel liep niet gelijk. De tijd van melden kan afwijken.";
  return late ? `Kwam aan op ${longMoment(plain.received_at)}, toen er weer bereik was.` : "";
}

/** The time a report was made tells more than the time it arrived. */
function momentOf(entry: TimelineEntry, plain: ObservationPlain): string {
  return entry.kind === "received" ? plain.made_at : entry.at;
}

interface Envelope {
  additions: readonly { question: string | null; text: string | null }[];
  feedback: readonly { text: string | null }[];
}

/** Opening is reading, so that change of state says nothing new; and looking twice in a row is one line. */
function condense(timeline: readonly TimelineEntry[]): Told[] {
  const told: Told[] = [];
  for (const entry of timeline) {
    if (entry.kind === "state" && entry.detail === "read") continue;
    const last = told.at(-1);
    const again = entry.kind === "opened" && last?.kind === "opened";
    if (again && last.by?.id === entry.by?.id) {
      told[told.length - 1] = { ...entry, times: last.times + 1 };
    } else told.push({ ...entry, times: 1 });
  }
  return told;
}

/** What stands in the envelope belongs to lines of the timeline in the same order. */
export function linesOf(
  plain: ObservationPlain,
  me: string,
  envelope: Envelope = { additions: [], feedback: [] },
): Line[] {
  const additions = [...envelope.additions];
  const feedback = [...envelope.feedback];
  return condense(plain.timeline).map((entry, index) => {
    const added = entry.kind === "addition" ? additions.shift() : undefined;
    const isAnswer = entry.kind === "feedback" || entry.kind === "question";
    const said = isAnswer ? feedback.shift() : undefined;
    return {
      key: `${index}-${entry.kind}-${entry.at}`,
      title: added?.question ? "Antwoord van de melder op de vraag" : titleOf(entry, me),
      when: capital(longMoment(momentOf(entry, plain))),
      note: noteOf(entry, plain),
      text: (added ?? said)?.text ?? undefined,
    };
  });
}

const deskDeeds: readonly TimelineEntry["kind"][] = [
  "state",
  "feedback",
  "question",
  "assigned",
  "handed_over",
  "referred",
];

/** The name of the colleague who changed it last; null when that was me, or when nobody at the desk did. */
export function lastChangeBy(plain: ObservationPlain, me: string): string | null {
  const last = plain.timeline.filter(({ kind }) => deskDeeds.includes(kind)).at(-1)?.by;
  return last && last.id !== me ? last.name : null;
}
