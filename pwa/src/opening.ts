/** What is read before the first screen: who is signed in here, and the cards. */
import * as cards from "./cards";
import * as session from "./session";

/** The rest of the app is not needed for it, so on a first visit the cards are asked for at once. */
export const isFirstVisit = (): boolean => cards.gemeente() === null;
export const fetchCards = cards.refresh;

/** Works without a network, and reads nothing the first screen can do without. */
export async function load(): Promise<void> {
  await Promise.all([session.load(), cards.load()]);
}
