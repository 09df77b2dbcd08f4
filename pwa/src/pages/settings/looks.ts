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
  feedback_check: "om te kijken of er geen naam in je antwoord staat",
};

const ofReport: Record<string, string> = {
  open: "Je melding is geopend",
  respond: "Je kreeg antwoord",
  change_state: "Je melding ging een stap verder",
  decide_withdrawal: "Er is besloten over je intrekking",
  delete: "Je melding is gewist, de bewaartermijn is voorbij",
};

const ofAccount: Record<string, string> = {
  invite: "Je bent uitgenodigd",
  end_access: "Je toegang is beëindigd",
};

/** What was done, and why when a reason was given. */
export function deedOf(look: Look): string {
  const deed = look.receipt
    ? (ofReport[look.action] ?? "Er is iets gedaan met je melding")
    : (ofAccount[look.action] ?? "Er is iets gedaan met je account");
  const reason = look.action === "open" && look.purpose ? why[look.purpose] : undefined;
  return reason ? `${deed}, ${reason}` : deed;
}

export const whoOf = ({ by }: Look): string =>
  by ? `${by.role_label}, ${by.organisation}` : "Het systeem zelf";
