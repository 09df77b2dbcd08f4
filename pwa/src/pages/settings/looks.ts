/** Who looked at what is about somebody, in words: a role, never a name. */
import { json } from "../../request";

export interface Look {
  at: string;
  action: string;
  subject: string;
  receipt: string | null;
  purpose: string | null;
  outcome: string;
  by: { role_label: string; organisation: string } | null;
}

export interface LookPage {
  items: Look[];
  next: number | null;
}

export const looks = (cursor?: number) =>
  json<LookPage>("GET", `/account/log${cursor ? `?cursor=${cursor}` : ""}`);

const why: Record<string, string> = {
  handle: "om hem te behandelen",
  consult: "om mee te denken met een collega",
  cover: "als vervanging",
  access: "omdat iemand om inzage vroeg",
  correction: "omdat iemand om verbetering vroeg",
  erasure: "omdat iemand om wissen vroeg",
  objection: "omdat iemand bezwaar maakte",
  calamity: "na een calamiteit",
  feedback_check: "om te kijken of er geen naam in je antwoord staat",
};

const reasoned = new Set(["open", "find", "review", "export", "delete"]);

const ofReport: Record<string, string> = {
  open: "Je melding is geopend",
  show: "Je melding is bekeken, zonder de tekst",
  open_reporter: "Er is gekeken wie je bent",
  respond: "Je kreeg antwoord",
  change_state: "Je melding ging een stap verder",
  decide_withdrawal: "Er is besloten over je intrekking",
  delete: "Je melding is gewist, de bewaartermijn is voorbij",
  find: "Je melding is gevonden bij het zoeken naar een persoon",
  review: "Je melding is gelezen voor een verzoek",
  export: "Wat er over iemand in je melding staat, is meegegeven",
  correct: "Er is iets verbeterd in je melding",
  object: "Er is bezwaar vastgelegd bij je melding",
  decide_objection: "Er is over een bezwaar besloten",
  note_informing: "Er is vastgelegd of iemand van je melding weet",
};

const ofAccount: Record<string, string> = {
  invite: "Je bent uitgenodigd",
  end_access: "Je toegang is beëindigd",
  sign_in: "Er is ingelogd op een ander toestel",
  add_passkey: "Er is een passkey gemaakt op een ander toestel",
};

/** What was done, and why when a reason was given. */
export function deedOf(look: Look): string {
  const erased = look.action === "delete" && look.outcome === "erased";
  const deed = erased
    ? "Je melding is gewist"
    : look.receipt
      ? (ofReport[look.action] ?? "Er is iets gedaan met je melding")
      : (ofAccount[look.action] ?? "Er is iets gedaan met je account");
  const reason = look.purpose && reasoned.has(look.action) ? why[look.purpose] : undefined;
  return reason ? `${deed}, ${reason}` : deed;
}

const ownDeeds = new Set(["sign_in", "add_passkey"]);

export const whoOf = ({ action, by }: Look): string =>
  ownDeeds.has(action)
    ? "Op jouw naam. Was jij dat niet? Bel de gemeente."
    : by
      ? `${by.role_label}, ${by.organisation}`
      : "Het systeem zelf";
