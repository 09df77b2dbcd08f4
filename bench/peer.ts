/** The same work with PouchDB. */
import PouchDB from "pouchdb";
import { clock, clockEach, later, together } from "./stopwatch";

type Doc = Record<string, unknown>;

let example: Doc = {};
let local: PouchDB<Doc>;
let remote: PouchDB<Doc>;

const make = () => ({ ...example, _id: crypto.randomUUID() });

async function replicate(options: object = {}): Promise<void> {
  const said = await local.replicate.to(remote, options);
  if (!said.ok || said.doc_write_failures) throw new Error(JSON.stringify(said));
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
    queue: (count: number) => together(count, () => local.put(make())),
    deliver: () => clock(replicate),
    ...later(() => replicate()),
    deliverAgain: () => clock(() => replicate({ checkpoint: false })),
    save: (count: number) => clockEach(count, () => local.put(make())),
    arrived: async () => (await remote.info()).doc_count,
  },
});
