import type { ObservationFields, ObservationText } from "../pwa/src/types";

/** What is sealed: as long as a short report of a busy person is. */
export const TEXT: ObservationText = {
  v: 1,
  what: "Een verzonnen jongen telde briefjes bij de fietsenkelder en keek steeds om zich heen.",
  where: "achter de verzonnen fietsenkelder",
  at: "2026-11-21T21:42",
  persons: [{ name: "Flip Verzonnenzoon", age: "16_17", description: "rode fiets, zwarte jas" }],
  answers: { informed: "no", without_name: false, call_back: true },
};

/** What is sent beside it. */
export const PLAIN: ObservationFields = {
  card: "boa",
  card_version: 1,
  signals: ["BOA-08", "BOA-16"],
  protective: ["P-15"],
  area: "BU02670101",
  date: "2026-11-21",
  basis: "seen",
  desk: "sociaal",
  urgency: "this_week",
  shielded: false,
};
