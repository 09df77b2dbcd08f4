import { beforeEach, expect, test, vi } from "vitest";
import { STORES } from "./db";
import { cardSet } from "./testing/content";
import { observation, signedInPhone } from "./testing/phone";
import { fakeServer, json } from "./testing/server";
import type { ObservationChange } from "./types";

const CHANGE: ObservationChange = {
  kind: "observation",
  id: "33333333-3333-4333-8333-333333333333",
  receipt: "7K2-4MX",
  card: "boa",
  card_version: 3,
  area: null,
  date: "2026-11-21",
  signals: 2,
  state: "new",
  received_at: "2026-11-21T20:42:00Z",
  made_at: "2026-11-21T20:40:00Z",
  read_by: "2026-11-24",
  answer_by: "2026-12-04",
  feedback: [],
  additions: [],
  withdrawal: null,
};
// Every browser keeps these; a Blob or File some lose, or will not have.
const PLAIN = ["String", "Number", "Boolean", "Null", "Undefined"];
const BYTES = ["ArrayBuffer", "Uint8Array", "CryptoKey"];

beforeEach(() => {
  const server = fakeServer();
  server.changes = [CHANGE];
  server.cursor = 1;
  const rest = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url === "/api/v1/cards") return json(cardSet("1"), { headers: { ETag: '"1"' } });
    return rest(url, init);
  });
});

/** What a value is made of, as the language itself calls it. */
function kindsIn(value: unknown): string[] {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind !== "Object" && kind !== "Array") return [kind];
  return Object.values(value as object).flatMap(kindsIn);
}

test("in every store lie only text, numbers, bytes and keys, which every browser can keep", async () => {
  const kinds = new Map<string, Set<string>>();
  for (const name of ["put", "add"] as const) {
    const real = IDBObjectStore.prototype[name];
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
      key?: IDBValidKey,
    ) {
      kinds.set(this.name, new Set([...(kinds.get(this.name) ?? []), ...kindsIn(value)]));
      return real.call(this, value, key);
    });
  }
  const one = await signedInPhone();
  await one.cards.refresh();
  await one.drafts.save("boa", { what: "iets" });
  const [arrived, waiting] = [observation(), observation()];
  await one.outbox.add(arrived, "boa");
  await one.drafts.save("boa", ["BOA-05"], "choice");
  await one.sync.run("button");
  await one.outbox.withdraw(arrived.id);
  await one.outbox.add(waiting);
  expect([...kinds.keys()].sort()).toEqual([...STORES].sort());
  const found = new Set([...kinds.values()].flatMap((each) => [...each]));
  expect([...found].filter((kind) => ![...PLAIN, ...BYTES].includes(kind))).toEqual([]);
});
