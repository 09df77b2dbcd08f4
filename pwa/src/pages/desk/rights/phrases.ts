/** The words of this area. */
import type { AgeBand } from "../../../types";
import { longDay, shortDay } from "../day";
import { areaName, cardOf } from "../names";
import type { Hit, Informing, NotInformed, Objection, Plain, Reason, Why } from "./rights";

export const reasonWords: Record<Reason, string> = {
  access: "Iemand wil weten wat er is bewaard (inzage)",
  correction: "Iemand wil dat iets wordt verbeterd",
  erasure: "Iemand wil dat iets wordt gewist",
  objection: "Iemand maakt bezwaar",
  calamity: "Er is iets ernstigs gebeurd (calamiteit)",
};

export const notInformedWords: Record<NotInformed, string> = {
  danger: "Het brengt iemand in gevaar",
  inquiry: "Het maakt onderzoek onmogelijk",
  unreachable: "We kunnen niemand bereiken",
  other_tells: "Een ander vertelt het binnenkort",
};

export const objectionWords: Record<Objection["kind"], string> = {
  objection: "Bezwaar",
  restriction: "Verzoek om hem niet te gebruiken",
};

export const decisionWords: Record<"upheld" | "rejected", string> = {
  upheld: "toegewezen",
  rejected: "afgewezen",
};

export const ages: ReadonlyArray<readonly [AgeBand, string]> = [
  ["under_12", "Jonger dan 12"],
  ["12_15", "12 tot en met 15"],
  ["16_17", "16 of 17"],
  ["18_25", "18 tot en met 25"],
];

const kindWords: Record<string, string> = {
  observation: "de melding",
  addition: "een aanvulling",
  feedback: "een antwoord aan de melder",
  note: "een toelichting van een collega",
  correction: "een verbetering",
  agenda: "een punt van een overleg",
  evaluation: "een terugblik op een overleg",
  bundle: "een bundel",
  case: "een casus",
  case_event: "een stap in een casus",
  node: "het netwerk van een casus",
  edge: "een relatie in een casus",
  decision: "een besluit",
  action: "een actie",
  goal: "een doel",
};

const fieldWords: Record<string, string> = {
  what: "Wat is er gezien of gehoord",
  where: "Waar",
  description: "Omschrijving van de persoon",
};

const kindTitles: Record<string, string> = {
  addition: "Aanvulling",
  feedback: "Antwoord aan de melder",
  note: "Toelichting bij het openen",
  correction: "Verbetering",
  agenda: "Overleg",
  evaluation: "Terugblik op een overleg",
};

const spelling: Record<Why["how"], string> = {
  same: "",
  alike: ", anders geschreven",
  part: ", een deel van de naam",
};

const known = (words: Record<string, string>, word: string): string | undefined =>
  Object.hasOwn(words, word) ? words[word] : undefined;

/** "Genoemd als persoon in de melding, anders geschreven. Andere leeftijd." */
export function whyText({ kind, field, how, age }: Why): string {
  const where = known(kindWords, kind) ?? "een stuk";
  const as = field === "name" ? "Genoemd als persoon in" : "In de tekst van";
  const years = age === null ? "" : age ? " Zelfde leeftijd." : " Andere leeftijd.";
  return `${as} ${where}${spelling[how]}.${years}`;
}

/** What a passage is, as a heading in the file. */
export const passageTitle = (kind: string, field: string): string =>
  known(kindTitles, kind) ?? known(fieldWords, field) ?? "Tekst";

/** What goes for good, and what stays. */
export function erasedText(subject: string): string {
  if (subject === "observation" || subject === "late_item") {
    return "De tekst, de aanvullingen en de antwoorden verdwijnen voorgoed. De melder hoort alleen dat de melding is gewist.";
  }
  if (subject === "node") {
    return "De naam verdwijnt voorgoed uit deze casus. In alles wat daar is geschreven, komt een letter op die plek.";
  }
  return "De tekst verdwijnt voorgoed. De dag, de grond en de uitkomst blijven staan.";
}

/** What is not a report: its name, and where it can be read and changed. */
const elsewhere: Record<string, readonly [title: string, text: string, href: string]> = {
  late_item: ["Nakomer", "Open bij de nakomers", "#/nakomers"],
  agenda_item: ["Punt van een overleg", "Open bij het overleg", "#/overleg"],
  evaluation: ["Terugblik op een overleg", "Open bij het overleg", "#/overleg"],
  bundle: ["Bundel", "Open de bundel", "#/bundels/"],
  case: ["Casus", "Open de casus", "#/casussen/"],
  case_event: ["Stap in een casus", "Open de casus", "#/casussen/"],
  node: ["Iemand in het netwerk van een casus", "Open de casus", "#/casussen/"],
  edge: ["Relatie in het netwerk van een casus", "Open de casus", "#/casussen/"],
  decision: ["Besluit", "Open de casussen", "#/casussen"],
  action: ["Actie", "Open de acties", "#/acties"],
  goal: ["Doel", "Open de acties", "#/acties"],
};

export function placeOf(one: Plain): { text: string; href: string } {
  const [, text, href] = (Object.hasOwn(elsewhere, one.subject) && elsewhere[one.subject]) || [];
  if (!text || !href) return { text: "Open in het postvak", href: `#/postvak/${one.id}` };
  if (one.case) return { text: "Open de casus", href: `#/casussen/${one.case}` };
  return { text, href: href.endsWith("/") ? href + one.id : href };
}

export function titleOf(one: Plain): string {
  const [title] = (Object.hasOwn(elsewhere, one.subject) && elsewhere[one.subject]) || [];
  if (title) return title;
  return [one.card && cardOf(one.card).title, one.area && areaName(one.area)]
    .filter(Boolean)
    .join(", ");
}

export function aboutOf(one: Plain): string {
  const day = one.date ? longDay(one.date) : `kwam aan op ${longDay(one.received_at)}`;
  return [day, one.receipt && `bonnummer ${one.receipt}`].filter(Boolean).join(", ");
}

export function foundText(items: readonly Hit[], opened: number, shut: number): string {
  const count =
    items.length === 0
      ? "Niets gevonden"
      : items.length === 1
        ? "1 stuk gevonden"
        : `${items.length} stukken gevonden`;
  const lost = shut === 0 ? "" : ` ${shut === 1 ? "1 is" : `${shut} zijn`} niet meer te openen.`;
  return `${count}. We keken in ${opened} verzegelde ${opened === 1 ? "tekst" : "teksten"}.${lost}`;
}

export function informingText({ named_on, informed_on, reason }: Informing): string {
  if (informed_on) return `Geïnformeerd op ${longDay(informed_on)}.`;
  if (reason) return `Nog niet: ${notInformedWords[reason].toLowerCase()}.`;
  if (named_on) return `Nog niet vastgelegd. De naam is gelezen op ${shortDay(named_on)}`;
  return "Er is nog geen naam gelezen in deze melding.";
}
