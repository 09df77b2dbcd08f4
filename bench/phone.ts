/** The app's outbox, seal and sync at work, without the screen. */
import * as cards from "../pwa/src/cards";
import * as outbox from "../pwa/src/outbox";
import { seal } from "../pwa/src/seal";
import * as session from "../pwa/src/session";
import * as sync from "../pwa/src/sync";
import type { ObservationItem } from "../pwa/src/types";
import { PLAIN, TEXT } from "./report";
import { clock, clockEach, later, together } from "./stopwatch";

async function make(): Promise<ObservationItem> {
  const key = cards.sealKey();
  const person = session.current();
  if (!key || !person) throw new Error("nobody is signed in");
  const id = crypto.randomUUID();
  const sealed = await seal(key, "observation", id, person.id, TEXT);
  const made_at = new Date().toISOString();
  return { kind: "observation", id, by: person.id, made_at, ...PLAIN, sealed };
}

async function makeAll(count: number): Promise<ObservationItem[]> {
  const items: ObservationItem[] = [];
  for (let turn = 0; turn < count; turn++) items.push(await make());
  return items;
}

/** What the app does when the network is back, until the server has it all and the phone knows. */
async function deliver(): Promise<void> {
  await sync.run("online");
  const left = await outbox.total();
  if (left > 0 || sync.state().phase !== "idle") {
    throw new Error(`${left} left, ${JSON.stringify(sync.state())}`);
  }
}

Object.assign(window, {
  bench: {
    async signIn(invitation: string) {
      await session.signIn({ invitation });
      await cards.refresh();
      await deliver();
    },
    queue: (count: number) => together(count, async () => outbox.add(await make())),
    deliver: () => clock(deliver),
    // The phone never does less: the answer to what it hands in is the receipt.
    askReceipts: () => undefined,
    deliverAndHear: () => clock(deliver),
    ...later(deliver),
    async deliverAgain() {
      await outbox.sendAgain();
      return clock(deliver);
    },
    async save(count: number) {
      const items = await makeAll(count);
      return clockEach(count, (turn) => outbox.add(items[turn] as ObservationItem));
    },
    example: make,
  },
});
