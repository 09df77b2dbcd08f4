import type { Answers, Basis, Card, Desk, LevelId, Urgency, Youth } from "../../types";

/** What somebody filled in so far. Signals are not in it: those belong to the card. */
export interface Form {
  /** Does this belong to an investigation? Only asked on cards under the Wpg. */
  investigation: "" | "yes" | "no";
  what: string;
  basis: Basis | "";
  moment: "now" | "earlier";
  /** When the form was opened, local time: that is what "net" means. */
  started: string;
  date: string;
  time: string;
  /** Area code, "unknown" or "outside"; empty is not chosen yet. */
  area: string;
  where: string;
  /** Is a name really needed? Only asked on cards that hide names behind it. */
  names: "" | "yes" | "no";
  persons: Youth[];
  informed: Answers["informed"];
  withoutName: boolean;
  callBack: boolean;
  urgency: Urgency;
  desk: Desk;
  shielded: boolean;
}

/** Date and time on the clock of this phone, as date and time fields use them. */
export function localMoment(at: Date): string {
  const pad = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

export const noOne = (): Youth => ({ name: "", age: "unknown", description: "" });

/** A new form. Who reads it and how soon is a proposal from the card and the advice. */
export function blank(card: Card, level: LevelId | null, now: Date): Form {
  const started = localMoment(now);
  return {
    investigation: "",
    what: "",
    basis: "",
    moment: "now",
    started,
    date: started.slice(0, 10),
    time: "",
    area: "",
    where: "",
    names: "",
    persons: [noOne()],
    informed: "unknown",
    withoutName: false,
    callBack: false,
    urgency: level === "red" || level === "orange" ? "today" : "this_week",
    desk: card.form.desk,
    shielded: false,
  };
}

export const momentOf = (form: Form): string =>
  form.moment === "now" ? form.started : `${form.date}T${form.time}`;

/** Names are for who chose to give them: not on a club's card unasked, not when thinking along. */
export const asksNames = (form: Form, card: Card): boolean =>
  !form.withoutName && (card.form.names === "open" || form.names === "yes");
