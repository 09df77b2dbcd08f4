/** What is given along, as the desk reads it and as the file it becomes. */
import type { Paper } from "../../paper";
import { longDay } from "../day";
import { ageWords } from "../phrases";
import { blackenWords } from "./black";
import { aboutOf, passageTitle, titleOf } from "./phrases";
import type { Held, Passage } from "./rights";

export interface Shown {
  held: Held;
  passages: (Passage & {
    id: string;
    /** As it was opened, to begin anew with. */
    whole: string;
    take: boolean;
  })[];
}

/** A text as it is shown first: what names somebody else is black already. */
export const shownOf = (held: Held): Shown => ({
  held,
  passages: held.passages.map((one, index) => ({
    ...one,
    id: `deel-${held.id}-${index}`,
    whole: one.text,
    text: blackenWords(one.text, one.black),
    take: true,
  })),
});

const age = (band: string): string =>
  Object.hasOwn(ageWords, band) ? ageWords[band as keyof typeof ageWords] : "leeftijd onbekend";

export function fileOf(name: string, shown: readonly Shown[], place: string, day: string): Paper {
  const by = place ? `gemeente ${place}` : "de gemeente";
  return {
    title: "Wat er over u is bewaard",
    intro: [
      `Gemaakt op ${longDay(day)} door ${by}, op verzoek van of voor: ${name}.`,
      "Wie een melding deed en wie er verder in staat, is weggelaten of zwart gemaakt. Klopt er iets niet, of wilt u dat iets wordt gewist? Laat dat de gemeente weten. U mag ook een klacht indienen bij de Autoriteit Persoonsgegevens.",
    ],
    sections: shown.map(({ held, passages }) => ({
      title: `${titleOf(held)}: ${aboutOf(held)}`,
      facts: held.persons.map((one) => ["Persoon", `${one.name}, ${age(one.age)}`] as const),
      texts: passages
        .filter((one) => one.take)
        .map((one) => [passageTitle(one.kind, one.field), one.text] as const),
    })),
  };
}
