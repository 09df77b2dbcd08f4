import type { Card, ObservationFields, ObservationText } from "../../types";
import { asksNames, type Form, momentOf } from "./form";

/** What goes along readable: no words, no names, no exact time. */
export function plainPart(form: Form, card: Card, ticked: readonly string[]): ObservationFields {
  const chosen = (items: readonly { id: string }[]) =>
    items.filter((item) => ticked.includes(item.id)).map((item) => item.id);
  return {
    card: card.id,
    card_version: card.version,
    signals: chosen(card.signals),
    protective: chosen(card.protective_factors),
    area: form.area === "unknown" || form.area === "outside" ? null : form.area,
    date: momentOf(form).slice(0, 10),
    basis: form.basis || "suspected",
    desk: form.desk,
    urgency: form.urgency,
    shielded: form.shielded,
  };
}

/** What only the desk may read: this is sealed. */
export function sealedPart(form: Form, card: Card): ObservationText {
  const where = form.where.trim();
  const named = asksNames(form, card);
  return {
    v: 1,
    what: form.what.trim(),
    where:
      form.area === "outside" ? ["Buiten de gemeente", where].filter(Boolean).join(": ") : where,
    at: momentOf(form),
    persons: form.persons
      .map(({ name, age, description }) => ({
        name: named ? name.trim() : "",
        age,
        description: description.trim(),
      }))
      .filter((p) => p.name || p.description || p.age !== "unknown"),
    answers: {
      informed: form.informed,
      without_name: form.withoutName,
      call_back: form.callBack,
    },
  };
}
