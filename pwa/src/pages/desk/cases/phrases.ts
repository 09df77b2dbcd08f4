import { shortDay } from "../day";
import type {
  About,
  Action,
  Candidate,
  Case,
  CaseEvent,
  CaseRow,
  Edge,
  EdgeKind,
  Kind,
  Node,
  NodeKind,
  Phase,
  Pillar,
  Term,
  Who,
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

/** "Casus 3: jongere", for who does not see the title. */
export const caseTitle = ({ number, kind }: Pick<CaseRow, "number" | "kind">) =>
  `Casus ${number}: ${kindWords[kind].toLowerCase()}`;

export const askedTitle = (phase: Phase) =>
  `Wat vraagt ${phase === "evaluation" ? "de evaluatie" : `de ${phaseWords[phase].toLowerCase()}`}?`;

/** Under a phase that a case is not in: when it was done, or that it has not come to that. */
export function phaseText(phase: Phase, done: boolean, events: readonly CaseEvent[]): string {
  if (!done) return "nog niet";
  const after = phases[phases.indexOf(phase) + 1];
  const left = events.findLast((one) => one.kind === "phase" && one.phase === after);
  return left ? `klaar op ${shortDay(left.at)}` : "klaar";
}

export const outcomeText = (outcome: string | null) =>
  Object.hasOwn(outcomeWords, outcome ?? "")
    ? outcomeWords[outcome as keyof typeof outcomeWords]
    : "Gesloten";

/** A step in the story of a case, with what was written at it. */
export function eventText({ kind, phase, text }: CaseEvent): string {
  const said = text ? `: ${text}` : "";
  if (kind === "made") return "Casus begonnen";
  if (kind === "phase" && phase) return `Naar ${phaseWords[phase].toLowerCase()}`;
  if (kind === "closed") return `Gesloten${said}`;
  if (kind === "reopened") return `Heropend${said}`;
  return `Aan wie meewerkte${said}`;
}

/** Who can be asked to work along in some part: not who does already, and the OM on the agenda only. */
export function invitable(people: readonly Candidate[], row: Case, part: string): Candidate[] {
  const there = new Set(row.participants.map(({ id }) => id));
  return people.filter(
    ({ id, agenda_only }) => !there.has(id) && (!agenda_only || part === "agenda"),
  );
}

/** What in another case could be the same: a person is no place, and what is over stays known. */
export const sameable = (node: Node, others: readonly Node[]): Node[] =>
  others.filter(({ kind }) => kind === node.kind);

/** Who can do something in a case: the usual people, and whoever works along on this one. */
export function ownersOf(owners: readonly Who[], row?: Case): Who[] {
  const along = (row?.participants ?? []).filter(({ part, ended }) => part !== "agenda" && !ended);
  const known = new Map([...owners, ...along].map(({ id, name }) => [id, { id, name }]));
  return [...known.values()];
}

/** Who may get an action: its owner stays in the list, unless that access ended. */
export function nextOwners(owners: readonly Who[], { owner, orphaned }: Action): Who[] {
  if (orphaned || owners.some(({ id }) => id === owner.id)) return [...owners];
  return [owner, ...owners];
}

/** "Jongere A", "Moeder (B)", or the name once it may be seen; a group has no youth it is about. */
export function nodeName({ kind, zone, letter, name, role }: Node, about: Kind): string {
  if (name) return name;
  if (kind === "person" && zone === "subject" && about === "youth") return `Jongere ${letter}`;
  if (role) return `${role} (${letter})`;
  return `${kind === "person" ? "Persoon" : "Punt"} ${letter}`;
}

const at = (day: string) => (one: { since: string; until: string | null }) =>
  one.since <= day && (one.until === null || one.until > day);

/** What came and what went on a day, in words, for who does not see the drawing change. */
export function changesOn(
  nodes: readonly Node[],
  edges: readonly Edge[],
  day: string,
  about: Kind,
): string {
  const names = new Map(nodes.map((one) => [one.id, nodeName(one, about)]));
  const line = (one: Edge) =>
    `${names.get(one.from_id)} – ${one.label ?? edgeWords[one.kind]} – ${names.get(one.to_id)}`;
  const those = (which: "since" | "until") => [
    ...nodes.filter((one) => one[which] === day).map((one) => names.get(one.id)),
    ...edges.filter((one) => one[which] === day).map(line),
  ];
  const [came, went] = [those("since"), those("until")];
  return [
    came.length > 0 && `Erbij op ${shortDay(day)}: ${listed(came)}.`,
    went.length > 0 && `Weg op ${shortDay(day)}: ${listed(went)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

const MOST_NAMED = 5;

function listed(names: readonly (string | undefined)[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join("; ") + (more > 0 ? `; en nog ${more}` : "");
}

/** "1 nov.", or "1 nov. tot 10 nov." */
export const sinceText = ({ since, until }: { since: string; until: string | null }) =>
  until ? `${shortDay(since)} tot ${shortDay(until)}` : shortDay(since);

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
