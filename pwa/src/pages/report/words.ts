/** The answers on the form, in the words of the screen. */
export const BASIS = [
  ["seen", "Zelf gezien"],
  ["heard", "Van iemand gehoord"],
  ["suspected", "Ik heb een vermoeden"],
] as const;

export const URGENCY = [
  ["today", "Vandaag nog"],
  ["this_week", "Deze week"],
  ["can_wait", "Kan wachten"],
] as const;

export const DESKS = [
  ["sociaal", "Procesregisseur", "Zorg over de jongere of het gezin"],
  [
    "veiligheid",
    "Adviseur openbare orde en veiligheid",
    "Zorg over plek, groep, dreiging of handel",
  ],
] as const;

export const AGES = [
  ["unknown", "Weet ik niet"],
  ["under_12", "Jonger dan 12"],
  ["12_15", "12 tot en met 15"],
  ["16_17", "16 of 17"],
  ["18_25", "18 tot en met 25"],
] as const;

export const INFORMED = [
  ["yes", "Ja"],
  ["no", "Nee"],
  ["unknown", "Weet ik niet"],
] as const;

type Pairs = ReadonlyArray<readonly [string, string, ...string[]]>;

export const wordFor = (pairs: Pairs, value: string): string =>
  pairs.find(([key]) => key === value)?.[1] ?? "";
