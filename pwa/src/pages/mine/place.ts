import * as areas from "../../areas";
import * as cards from "../../cards";
import type { Mine } from "../../types";
import { formatTime } from "../../words";
import { isToday, weekday } from "../days";
import { cardName, countSignals } from "../names";

/** A report is recognised by its place and day, because its words are sealed. */
export const placeOf = (one: Mine): string =>
  one.gone ? "Gewiste melding" : (one.area && areas.name(one.area)) || "Zonder buurt";

export const cardOf = (one: Mine): string => {
  const card = cards.card(one.card);
  return card ? cardName(card) : `kaart ${one.card}`;
};

export const signalsOf = (one: Mine): string =>
  `${one.signals ? countSignals(one.signals) : "Geen signalen"}, ${cardOf(one)}`;

/** "donderdag 19 november", or with the time when it was made today. */
export function whenOf(one: Mine): string {
  const made = new Date(one.madeAt);
  return isToday(made) ? `vandaag, ${formatTime(made)}` : weekday(one.date);
}
