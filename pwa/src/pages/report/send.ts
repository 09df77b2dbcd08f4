import * as cards from "../../cards";
import * as outbox from "../../outbox";
import { seal } from "../../seal";
import * as sync from "../../sync";
import type { Card, Person } from "../../types";
import { NEWER_OPEN, NO_ROOM } from "../../words";
import type { Form } from "./form";
import { plainPart, sealedPart } from "./observation";

/** This gemeente wants nothing to wait on a phone. */
class Offline extends Error {}

/** Seals and stores; resolves only when it stands on this phone's disk. Sending comes by itself. */
export async function store(
  id: string,
  form: Form,
  card: Card,
  ticked: readonly string[],
  person: Person,
): Promise<void> {
  if (!cards.gemeente()?.switches.offline_recording && sync.state().online === false)
    throw new Offline();
  const key = cards.sealKey();
  if (!key) throw new Error("no key to seal with");
  const plain = plainPart(form, card, ticked);
  const sealed = await seal(key, "observation", id, person.id, sealedPart(form, card));
  const made_at = new Date().toISOString();
  await outbox.add({ kind: "observation", id, by: person.id, made_at, ...plain, sealed }, card.id);
}

export function storeFault(error: unknown): string {
  if ((error as Error).name === "NoRoom") return NO_ROOM;
  // Another tab made the store newer than this one can open.
  if ((error as Error).name === "VersionError") return NEWER_OPEN;
  if (error instanceof Offline)
    return `Zonder bereik kun je hier niet melden. Je tekst staat er nog. Kan het niet wachten? Bel ${cards.gemeente()?.phone}.`;
  return "Verzegelen lukt nu niet. Je tekst staat er nog. Open de app één keer met bereik en probeer het weer.";
}
