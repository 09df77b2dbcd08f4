import { shortDay } from "../day";
import type {
  About,
  Edge,
  EdgeKind,
  Kind,
  Node,
  NodeKind,
  Phase,
  Pillar,
  Term,
  Zone,
} from "./cases";

export const phaseWords: Record<Phase, string> = {
  signalling: "Signalering",
  analysis: "Analyse",
  decision: "Besluitvorming",
  action: "Actie",
  evaluation: "Evaluatie",
};
export const phases = Object.keys(phaseWords) as Phase[];
export const kindWords: Record<Kind, string> = {
  youth: "Jongere",
  group: "Groep",
  place: "Plek",
};
export const nodeWords: Record<NodeKind, string> = {
  person: "persoon",
  place: "plek",
  group: "groep",
  institution: "school of club",
};
export const zoneWords: Record<Zone, string> = {
  subject: "Om wie of wat het gaat",
  family: "Gezin",
  friends: "Vrienden",
  school: "School",
  club: "Vereniging",
  area: "Buurt",
};
export const edgeWords: Record<EdgeKind, string> = {
  plain: "gewoon",
  support: "steun",
  unsure: "niet zeker",
  new: "nieuw",
};
export const pillarWords: Record<Pillar, string> = {
  prevention: "preventie",
  repression: "repressie",
  care: "hulpverlening",
};
export const aboutWords: Record<Exclude<About, "case">, string> = {
  school: "Een school",
  club: "Een club",
  area: "Een wijk",
};
export const termWords: Record<Term, string> = {
  short: "korte termijn",
  middle: "middellange termijn",
  long: "lange termijn",
};
export const outcomeWords = {
  better: "Het gaat beter",
  handed_over: "Overgedragen",
  no_ground: "Geen reden om verder te gaan",
  other: "Iets anders",
};
export const reasonWords = {
  who_knows: "Wie kent deze persoon?",
  who_contacts: "Wie neemt contact op?",
  same_person: "Gaat het om dezelfde persoon?",
};

/** "Jongere A", "Moeder (B)", or the name once it may be seen. */
export function nodeName({ kind, zone, letter, name, role }: Node): string {
  if (name) return name;
  if (kind === "person" && zone === "subject") return `Jongere ${letter}`;
  return role ? `${role} (${letter})` : `Persoon ${letter}`;
}

const at = (day: string) => (one: { since: string; until: string | null }) =>
  one.since <= day && (one.until === null || one.until > day);

/** What there was on a day; a line needs both of its ends. */
export function standOn(nodes: readonly Node[], edges: readonly Edge[], day: string) {
  const there = nodes.filter(at(day));
  const ids = new Set(there.map(({ id }) => id));
  return {
    nodes: there,
    edges: edges.filter((one) => at(day)(one) && ids.has(one.from_id) && ids.has(one.to_id)),
  };
}

/** The days on which something changed, up to and including today. */
export function moments(nodes: readonly Node[], edges: readonly Edge[], today: string): string[] {
  const days = [...nodes, ...edges].flatMap(({ since, until }) =>
    until ? [since, until] : [since],
  );
  return [...new Set([...days.filter((day) => day < today), today])].sort();
}

export const momentText = (day: string, today: string) =>
  day === today ? `${shortDay(day)}, nu` : shortDay(day);
