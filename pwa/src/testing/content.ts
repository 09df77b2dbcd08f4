/** A small card set and a small gemeente, for tests. */
import type { AreaSet, Card, CardSet, Ring, Signal, SignalGroup, Weight } from "../types";

export function signal(id: string, weight: Weight, extra: Partial<Signal> = {}): Signal {
  const group: SignalGroup = "gedrag";
  return {
    id,
    group,
    concept: id,
    text: id,
    weight,
    top: false,
    choices: [],
    could_be: "",
    could_also_be: "",
    caution: null,
    alarm: null,
    ...extra,
  };
}

export function cardWith(signals: Signal[]): Card {
  return {
    id: "boa",
    title: "Boa",
    audience: "Voor boa's",
    emblem: "boa",
    version: 3,
    public: false,
    reviewed_on: "2026-11-01",
    review_note: "",
    intro: "",
    note: null,
    tip: null,
    form: { wpg: true, names: "open", desk: "veiligheid" },
    choices: [],
    signals,
    risk_note: "",
    risk_factors: [],
    protective_factors: [],
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

export const cardSet = (version: string, cards: Card[] = []): CardSet => ({
  version,
  gemeente: {
    name: "Voorbeeld",
    code: "GM0000",
    phone: "14 033",
    contacts: [],
    desk_hours: { text: "", days: [1, 2, 3, 4, 5], from: "08.30", until: "17.00" },
    terms: { read_days: 2, answer_days: 10 },
    role_labels: {},
    switches: { offline_recording: true, draft_hours: 72 },
    group_labels: {
      gedrag: "Gedrag",
      "geld-en-spullen": "Geld en spullen",
      contacten: "Contacten",
      "plek-en-tijd": "Plek en tijd",
      "school-en-werk": "School en werk",
      "lichaam-en-veiligheid": "Lichaam en veiligheid",
    },
    theme: { name: "voorbeeld", light: null, dark: null },
  },
  seal_key: { id: "2026-11-3f9c", public_key: "BAAA" },
  cards,
  concepts: [],
  words: [],
  route: { title: "", intro: "", steps: [], notes: [] },
});

const square = (west: number, south: number, size: number): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

/** One wijk of 2 by 2 degrees; in it a buurt with a hole, and a buurt of two parts. */
export const areaSet: AreaSet = {
  type: "FeatureCollection",
  source: "Bron: CBS",
  features: [
    {
      properties: { statcode: "WK01", statnaam: "Stad", soort: "wijk" },
      geometry: { type: "Polygon", coordinates: [square(5, 52, 2)] },
    },
    {
      properties: { statcode: "BU02", statnaam: "Zuid", soort: "buurt" },
      geometry: { type: "Polygon", coordinates: [square(5, 52, 1), square(5.4, 52.4, 0.2)] },
    },
    {
      properties: { statcode: "BU01", statnaam: "Eilanden", soort: "buurt" },
      geometry: {
        type: "MultiPolygon",
        coordinates: [[square(6.1, 52.1, 0.2)], [square(6.5, 52.5, 0.2)]],
      },
    },
  ],
};
