/** What is read before the first screen: who is signed in here, and the cards. */
import * as cards from "./cards";
import * as session from "./session";

/** Works without a network, and reads nothing the first screen can do without. */
export async function load(): Promise<void> {
  await Promise.all([session.load(), cards.load()]);
}
