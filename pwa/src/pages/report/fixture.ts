import type { Card, Signal } from "../../types";
import { blank, type Form } from "./form";

const signal = (id: string, weight: Signal["weight"], alarm: string | null = null): Signal => ({
  id,
  group: "gedrag",
  concept: id,
  text: `Zin van ${id}.`,
  weight,
  top: false,
  choices: [],
  could_be: "",
  could_also_be: "",
  caution: null,
  alarm,
});

/** A card as the server gives it, small enough to read in a test. */
export function cardOf(form: Partial<Card["form"]> = {}): Card {
  return {
    id: "onderwijs",
    title: "Onderwijs",
    audience: "Voor docenten",
    emblem: "onderwijs",
    version: 3,
    public: false,
    reviewed_on: "2026-11-12",
    review_note: "",
    intro: "",
    note: null,
    tip: null,
    form: { wpg: false, names: "open", desk: "sociaal", ...form },
    choices: [],
    signals: [signal("OND-01", "licht"), signal("OND-07", "ernstig")],
    risk_note: "",
    risk_factors: [],
    protective_factors: [{ id: "P-04", level: "gezin", text: "Warme band.", now: "Bel thuis." }],
    levels: [],
    steps: [],
    do: [],
    dont: [],
    pitfalls: [],
    conversation: { moment: "", say: "", ask: [] },
    meldcode: null,
    protocols: [],
    sharing: { questions: [], rules: [] },
    afraid: [],
    figures: [],
    words: [],
    practice: [],
    changes: [],
    contacts: [],
    sources: [],
  };
}

export const NOW = new Date(2026, 10, 21, 21, 42);

export const formOf = (some: Partial<Form> = {}, card = cardOf()): Form => ({
  ...blank(card, null, NOW),
  ...some,
});
