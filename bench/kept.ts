/** The app's own outbox and sync under the same faults, with the app's own moments to try again. */
import * as cards from "../pwa/src/cards";
import * as outbox from "../pwa/src/outbox";
import { seal } from "../pwa/src/seal";
import * as session from "../pwa/src/session";
import * as sync from "../pwa/src/sync";
import { PLAIN, TEXT } from "./report";
import { offer } from "./saved";

async function start(invitation?: string): Promise<void> {
  await session.load();
  await cards.load();
  if (!session.current() && invitation) {
    await session.signIn({ invitation });
    await cards.refresh();
  }
  sync.start();
}

async function keep(id: string): Promise<void> {
  const key = cards.sealKey();
  const person = session.current();
  if (!key || !person) throw new Error("nobody is signed in");
  const sealed = await seal(key, "observation", id, person.id, TEXT);
  const made_at = new Date().toISOString();
  await outbox.add({ kind: "observation", id, by: person.id, made_at, ...PLAIN, sealed });
}

offer(
  {
    keep,
    again: () => sync.run("button"),
    waiting: async () => (await outbox.total()) || null,
  },
  start,
);
