import type { Card } from "../types";

export const countSignals = (n: number) => `${n} ${n === 1 ? "signaal" : "signalen"}`;

/** "kaart boa": how a card is called inside a sentence. */
export const cardName = (card: Card) => `kaart ${card.title.toLowerCase()}`;
