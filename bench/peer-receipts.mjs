// What a reporter is promised, done with PouchDB: a receipt for everything that came in, in a
// database of its own that the phone copies back.

/** Writes a receipt for each document that comes into the database of this name, from now on. */
export function answer(Kept, name) {
  const receipts = new Kept(`receipts-${name}`);
  const waiting = [];
  let writing = false;

  // As many at once as came in meanwhile: one by one would be slower than need be.
  async function write() {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      const made = waiting.splice(0).map((_id) => ({ _id, result: "stored", state: "received" }));
      await receipts.bulkDocs(made);
    }
    writing = false;
  }

  new Kept(name).changes({ live: true, since: "now" }).on("change", ({ id }) => {
    waiting.push(id);
    void write();
  });
}
