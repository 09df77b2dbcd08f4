/** The same items with RxDB: Dexie storage, and replication over HTTP as its tutorial has it. */
import { createRxDatabase, type RxCollection } from "rxdb/plugins/core";
import { type RxReplicationState, replicateRxCollection } from "rxdb/plugins/replication";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { PLAIN, TEXT } from "./report";
import { offer } from "./saved";

interface Doc {
  id: string;
  updatedAt: number;
  text: string;
}

interface Checkpoint {
  id: string;
  updatedAt: number;
}

const SCHEMA = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 100 },
    updatedAt: { type: "number" },
    text: { type: "string" },
  },
  required: ["id", "updatedAt", "text"],
} as const;

let items: RxCollection<Doc>;
let state: RxReplicationState<Doc, Checkpoint>;

async function start(): Promise<void> {
  const db = await createRxDatabase({ name: "bench", storage: getRxStorageDexie() });
  const made = await db.addCollections({ items: { schema: SCHEMA } });
  items = made.items as unknown as RxCollection<Doc>;
  state = replicateRxCollection<Doc, Checkpoint>({
    collection: items,
    replicationIdentifier: "bench-http",
    push: {
      async handler(rows) {
        const answer = await fetch("/push", {
          method: "POST",
          headers: { Accept: "application/json", "Content-Type": "application/json" },
          body: JSON.stringify(rows),
        });
        return answer.json();
      },
    },
    pull: {
      async handler(checkpoint, limit) {
        const { updatedAt, id } = checkpoint ?? { updatedAt: 0, id: "" };
        const answer = await fetch(`/pull?updatedAt=${updatedAt}&id=${id}&limit=${limit}`);
        return answer.json();
      },
    },
  });
  await state.awaitInitialReplication();
}

const pause = (ms: number) => new Promise<"late">((done) => setTimeout(() => done("late"), ms));

offer(
  {
    keep: (id) =>
      items.insert({ id, updatedAt: Date.now(), text: JSON.stringify({ ...PLAIN, ...TEXT }) }),
    // It retries by itself, every five seconds unless told otherwise; a page may ask for it too.
    again: async () => state.reSync(),
    waiting: async () => ((await Promise.race([state.awaitInSync(), pause(300)])) === "late" ? 1 : null),
  },
  start,
);
