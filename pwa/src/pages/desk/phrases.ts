/** The words of the desk's own screens. What reporters read as well stands in the core's words. */

import type {
  AgeBand,
  Answers,
  Basis,
  Desk,
  InboxItem,
  InboxView,
  LateClosed,
  LateEnd,
  LateReason,
  Purpose,
  ReporterPurpose,
  ReportSource,
  Role,
  StateChange,
  Told,
  Urgency,
} from "../../types";
import { sentences } from "../sentences";
import type { Reason } from "./bundles/bundles";

export const viewNames: Record<InboxView, string> = {
  all: "Alles",
  new: "Nieuw",
  mine: "Van mij",
  late: "Te laat",
  waiting: "Wacht op melder",
  expiring: "Bijna gewist",
};

export const basisWords: Record<Basis, string> = {
  seen: "zelf gezien",
  heard: "gehoord",
  suspected: "vermoeden",
};

/** How it came in, for what was entered at the desk. */
export const sourceWords: Record<ReportSource, string> = {
  app: "via de app",
  phone: "per telefoon",
  mail: "per mail of brief",
  conversation: "in een gesprek",
  police: "van de politie",
  anonymous_line: "van Meld Misdaad Anoniem",
};

export const toldWords: ReadonlyArray<readonly [Told, string]> = [
  ["phone", "Per telefoon"],
  ["mail", "Per mail of brief"],
  ["conversation", "In een gesprek"],
];

export const urgencyWords: Record<Urgency, string> = {
  today: "vandaag nog",
  this_week: "deze week",
  can_wait: "kan wachten",
};

export const deskWords: Record<Desk, string> = { sociaal: "sociaal", veiligheid: "veiligheid" };

/** Whose desk it is follows from the role; the other desk needs a reason of its own to look. */
export const deskOf: Partial<Record<Role, Desk>> = {
  procesregisseur: "sociaal",
  "adviseur-oov": "veiligheid",
};

export const purposeWords: Record<Purpose | "hand_over", string> = {
  hand_over: "Gegeven aan het andere loket",
  own: "Eigen melding",
  handle: "Melding behandelen",
  consult: "Meedenken met een collega",
  cover: "Vervanging",
};

export const reporterPurposeWords: Record<ReporterPurpose, string> = {
  contact: "Ik moet de melder iets vragen",
  safety: "Voor de veiligheid van de melder of de jongere",
  legal: "Het moet van de wet of de rechter",
};

export const ageWords: Record<AgeBand, string> = {
  under_12: "jonger dan 12 jaar",
  "12_15": "12 tot en met 15 jaar",
  "16_17": "16 of 17 jaar",
  "18_25": "18 tot en met 25 jaar",
  unknown: "leeftijd onbekend",
};

export const informedWords: Record<Answers["informed"], string> = {
  yes: "De jongere of een ouder weet van deze melding.",
  no: "De jongere en de ouders weten niet van deze melding.",
  unknown: "Niet bekend of de jongere of een ouder hiervan weet.",
};

type CloseReason = NonNullable<StateChange["reason"]>;

/** Why a report may be closed without an answer, as a choice and as a line in the timeline. */
export const closeReasons: ReadonlyArray<readonly [CloseReason, string]> = [
  ["told_by_phone", "Ik heb het de melder zelf verteld"],
  ["no_contact_wished", "De melder wil geen contact"],
  ["left", "De melder werkt hier niet meer"],
];

export const closedBecause: Record<CloseReason, string> = {
  told_by_phone: "De melder heeft het antwoord gehoord.",
  no_contact_wished: "De melder wil geen contact.",
  left: "De melder werkt hier niet meer.",
};

/** The ready sentences as the gemeente has them now. */
export const answerWords = sentences;

export const lateKinds: Record<string, string> = {
  observation: "Melding",
  addition: "Aanvulling",
  withdrawal: "Intrekking",
};

export const lateReasons: Record<LateReason, string> = {
  access_ended: "De toegang van de melder was al gestopt toen dit aankwam.",
  unknown_card: "Deze signaalkaart bestaat hier niet.",
  unknown_kind: "Deze versie van de signaalkaart kent dit soort bericht nog niet.",
  unknown_parent: "Dit hoort bij een melding die er niet meer is.",
  unknown_key: "De sleutel van deze envelop is er niet. De tekst is niet te lezen.",
  broken_seal: "Het zegel klopt niet. De tekst is niet te lezen.",
  foreign_author: "Deze melder heeft nooit ingelogd op het toestel dat dit stuurde.",
  shape: "De vorm van dit bericht kennen we niet.",
};

/** Why something of the late box needs no place, as a choice and as what was done. */
export const lateClosed: ReadonlyArray<readonly [LateClosed, string]> = [
  ["known", "We weten dit al uit een andere melding"],
  ["entered", "Ik heb het zelf ingevoerd"],
  ["not_ours", "Het hoort niet bij de signaalkaart"],
  ["unreadable", "Het is niet te lezen, en de melder is niet te bereiken"],
];

export const lateEnds: Record<LateEnd, string> = {
  phone: "Verteld per telefoon",
  mail: "Verteld per mail of brief",
  conversation: "Verteld in een gesprek",
  known: "Stond al in een andere melding",
  entered: "Zelf ingevoerd",
  not_ours: "Hoort niet bij de signaalkaart",
  unreadable: "Niet te lezen, melder niet te bereiken",
};

export const stateWords: Record<InboxItem["state"], string> = {
  new: "Nieuw",
  read: "Gelezen",
  in_progress: "In behandeling",
  closed: "Afgerond",
};

export function signalCount(count: number): string {
  return count === 1 ? "1 signaal" : `${count} signalen`;
}

const reasonWords: Record<Reason, string> = {
  same_area: "zelfde buurt",
  same_wijk: "zelfde wijk",
  within_week: "binnen een week",
  within_3_weeks: "binnen 3 weken",
  within_2_months: "binnen 2 maanden",
  signals_1: "1 zelfde signaal",
  signals_2: "2 dezelfde signalen",
  signals_3: "3 of meer dezelfde signalen",
  same_name: "dezelfde naam of bijnaam",
  like_name: "waarschijnlijk dezelfde bijnaam",
  by_hand: "door het loket bij elkaar gezet",
};

/** "Zelfde buurt, binnen 3 weken". A word this version does not know is left out. */
export function togetherText(reasons: readonly Reason[]): string {
  const said = reasons.flatMap((reason) => reasonWords[reason] ?? []).join(", ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}
