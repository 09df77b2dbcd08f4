declare module "pouchdb" {
  interface Replicated {
    ok: boolean;
    doc_write_failures: number;
  }
  export default class PouchDB<Doc extends object> {
    readonly name: string;
    constructor(name: string, options?: { adapter: "idb" });
    put(doc: Doc & { _id: string }): Promise<unknown>;
    info(): Promise<{ doc_count: number }>;
    replicate: Record<
      "to" | "from",
      (other: PouchDB<Doc>, options?: object) => Promise<Replicated>
    >;
  }
}
