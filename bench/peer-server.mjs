// PouchDB's own server on LevelDB, with the page that talks to it: node peer-server.mjs folder pages
import { mkdirSync } from "node:fs";
import express from "express";
import makeServer from "express-pouchdb";
import PouchDB from "pouchdb";
import { answer } from "./peer-receipts.mjs";

const [folder, pages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const app = express();
const Kept = PouchDB.defaults({ prefix: `${folder}/` });
app.use("/db", makeServer(Kept, { mode: "minimumForPouchDB", inMemoryConfig: true }));
app.post("/answer/:name", (request, response) => {
  answer(Kept, request.params.name);
  response.end();
});
app.use(express.static(pages));
const server = app.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${server.address().port}\n`);
});
