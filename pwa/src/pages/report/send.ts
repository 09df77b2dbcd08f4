import * as cards from "../../cards";
import * as outbox from "../../outbox";
import * as persist from "../../persist";
import { seal } from "../../seal";
import type { Card, Person } from "../../types";
import { NO_ROOM } from "../../words";
import type { Form } from "./form";
import { plainPart, sealedPart } from "./observation";

/** Seals and stores; resolves only when it stands on this phone's disk. Sending comes by itself. */
export async function store(
  id: string,
  form: Form,
  card: Card,
  ticked: readonly string[],
  person: Person,
): Promise<void> {
  const key = cards.sealKey();
  if (!key) throw new Error("no key to seal with");
  const plain = plainPart(form, card, ticked);
  const sealed = await seal(key, "observation", id, person.id, sealedPart(form, card));
  const made_at = new Date().toISOString();
  await outbox.add({ kind: "observation", id, by: person.id, made_at, ...plain, sealed }, card.id);
  void persist.ask();
}

export const storeFault = (error: unknown): string =>
  (error as Error).name === "NoRoom"
    ? NO_ROOM
    : "Verzegelen lukt nu niet. Je tekst staat er nog. Open de app één keer met bereik en probeer het weer.";
