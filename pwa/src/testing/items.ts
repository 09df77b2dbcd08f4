/** Observations to put in an outbox, each a second younger than the one before. */
import type { ObservationItem } from "../types";
import { PERSON } from "./server";

let made = 0;

export function observation(extra: Partial<ObservationItem> = {}): ObservationItem {
  made += 1;
  return {
    kind: "observation",
    id: crypto.randomUUID(),
    by: PERSON.id,
    made_at: new Date(Date.UTC(2026, 10, 21, 20, 0, made)).toISOString(),
    card: "boa",
    card_version: 3,
    signals: ["BOA-05", "BOA-07"],
    protective: [],
    area: "BU02670101",
    date: "2026-11-21",
    basis: "seen",
    desk: "sociaal",
    urgency: "this_week",
    shielded: false,
    sealed: btoa(`sealed text ${made}`),
    ...extra,
  };
}
