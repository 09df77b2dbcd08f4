/** What the desk writes down of a call, a letter or a talk; knows nothing of the screen. */

import type { Basis, Card, Desk, ReportSource, Urgency, Youth } from "../../../types";

export type EntrySource = Exclude<ReportSource, "app">;

export interface Form {
  source: EntrySource | "";
  what: string;
  card: string;
  signals: readonly string[];
  protective: readonly string[];
  area: string;
  where: string;
  date: string;
  time: string;
  basis: Basis | "";
  urgency: Urgency;
  desk: Desk;
  persons: readonly Youth[];
  reporter: "yes" | "no" | "";
  name: string;
  contact: string;
}

export const noOne = (): Youth => ({ name: "", age: "unknown", description: "" });

export function blank(card: string, desk: Desk, today: string): Form {
  return {
    source: "",
    what: "",
    card,
    signals: [],
    protective: [],
    area: "",
    where: "",
    date: today,
    time: "",
    basis: "",
    urgency: "this_week",
    desk,
    persons: [noOne()],
    reporter: "",
    name: "",
    contact: "",
  };
}

/** The anonymous line never says who called; with the others there is nearly always somebody. */
export function withSource(form: Form, source: EntrySource): Form {
  return { ...form, source, reporter: source === "anonymous_line" ? "no" : form.reporter || "yes" };
}

/** Signals belong to a card, so another card starts without. */
export function withCard(form: Form, card: string): Form {
  return card === form.card ? form : { ...form, card, signals: [], protective: [] };
}

export function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

export interface Fault {
  field: string;
  text: string;
}

/** What still has to be filled in, in the order of the screen. */
export function faultsIn(form: Form, today: string): Fault[] {
  const faults: Fault[] = [];
  const need = (missing: boolean, field: string, text: string) => {
    if (missing) faults.push({ field, text });
  };
  need(!form.source, "bron", "Kies hoe het binnenkwam.");
  need(
    !form.what.trim() && form.signals.length === 0,
    "wat",
    "Schrijf in een paar woorden op wat er is verteld, of kies een signaal.",
  );
  need(!form.basis, "basis", "Kies hoe de melder dit weet.");
  need(!form.date, "dag", "Kies een dag.");
  need(form.date > today, "dag", "Dit moment is nog niet geweest. Kies een eerder moment.");
  need(!form.reporter, "melder", "Kies of er een melder is die antwoord krijgt.");
  need(
    form.reporter === "yes" && !form.contact.trim(),
    "bereik",
    "Schrijf op hoe je de melder bereikt, of kies dat er niemand is.",
  );
  return faults;
}

export interface PlainEntry {
  source: EntrySource;
  reporter: boolean;
  card: string;
  card_version: number;
  signals: readonly string[];
  protective: readonly string[];
  area: string | null;
  date: string;
  basis: Basis;
  desk: Desk;
  urgency: Urgency;
}

/** What goes along readable: no words and no names. */
export function plainPart(form: Form, card: Card): PlainEntry {
  return {
    source: form.source || "conversation",
    reporter: form.reporter === "yes",
    card: card.id,
    card_version: card.version,
    signals: form.signals,
    protective: form.protective,
    area: form.area || null,
    date: form.date,
    basis: form.basis || "suspected",
    desk: form.desk,
    urgency: form.urgency,
  };
}

/** What is sealed; of a reporter who gets no answer nothing is kept. */
export function sealedPart(form: Form) {
  const known = form.reporter === "yes";
  return {
    v: 1,
    what: form.what.trim(),
    where: form.where.trim(),
    at: form.time ? `${form.date}T${form.time}` : form.date,
    persons: form.persons
      .map(({ name, age, description }) => ({
        name: name.trim(),
        age,
        description: description.trim(),
      }))
      .filter(({ name, age, description }) => name || description || age !== "unknown"),
    answers: {},
    ...(known && { reporter: { name: form.name.trim(), contact: form.contact.trim() } }),
  };
}
