/** The same work with PouchDB. */
import PouchDB from "pouchdb";
import { clock, clockEach, later, together } from "./stopwatch";

type Doc = Record<string, unknown>;

let example: Doc = {};
let local: PouchDB<Doc>;
let remote: PouchDB<Doc>;
/** The receipts, here and at the server. */
let heard: PouchDB<Doc>;
let receipts: PouchDB<Doc>;

const make = () => ({ ...example, _id: crypto.randomUUID() });

async function replicate(options: object = {}): Promise<void> {
  const said = await local.replicate.to(remote, options);
  if (!said.ok || said.doc_write_failures) throw new Error(JSON.stringify(said));
}

/**
 * Until the phone, too, has on its disk that each document arrived. To copy the receipts back while
 * the documents still go out was slower, and so was doing it live.
 */
async function deliverAndHear(): Promise<void> {
  await replicate();
  const { doc_count: sent } = await local.info();
  while ((await heard.info()).doc_count < sent) await heard.replicate.from(receipts);
}

Object.assign(window, {
  bench: {
    /** Two stores, and one payload of the phone that is put in them under new ids. */
    async start(name: string, payload: Doc, shared = name) {
      example = payload;
      local = new PouchDB(`local-${name}`, { adapter: "idb" });
      remote = new PouchDB(`${location.origin}/db/remote-${shared}`);
      await Promise.all([local.info(), remote.info()]);
    },
    /** Has the server write a receipt for what comes in from now on. */
    async askReceipts() {
      const name = remote.name.split("/").at(-1);
      await fetch(`/answer/${name}`, { method: "POST" });
      heard = new PouchDB(`heard-${name}`, { adapter: "idb" });
      receipts = new PouchDB(`${location.origin}/db/receipts-${name}`);
      await Promise.all([heard.info(), receipts.info()]);
    },
    queue: (count: number) => together(count, () => local.put(make())),
    deliver: () => clock(replicate),
    deliverAndHear: () => clock(deliverAndHear),
    ...later(() => replicate()),
    deliverAgain: () => clock(() => replicate({ checkpoint: false })),
    save: (count: number) => clockEach(count, () => local.put(make())),
    arrived: async () => (await remote.info()).doc_count,
  },
});
