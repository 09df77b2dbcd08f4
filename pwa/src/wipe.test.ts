import { beforeEach, expect, test } from "vitest";
import { observation, signedInPhone } from "./testing/phone";
import { fakeServer, json } from "./testing/server";
import type { SyncAnswer } from "./types";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

/** A device is revoked, and in the answer that says so one of its two items is refused. */
async function revoked(result: "refused" | "conflict") {
  const one = await signedInPhone();
  const [refused, taken] = [observation(), observation()];
  for (const item of [refused, taken]) await one.outbox.add(item);
  await one.drafts.save("boa", { what: "iets" });
  server.wipe = true;
  server.twists = [
    async (honest) => {
      const answer = (await honest().json()) as SyncAnswer;
      const outcomes = answer.outcomes.map((said) =>
        said.id === refused.id ? { id: said.id, result } : said,
      );
      return json({ ...answer, outcomes });
    },
  ];
  await one.drain.drain();
  server.wipe = false;
  return { one, refused };
}

test.each(["refused", "conflict"] as const)(
  "a revoked device keeps what the server does not have (%s), and nothing else",
  async (result) => {
    const { one, refused } = await revoked(result);
    expect(one.session.state()).toBe("out");
    const db = await one.db.open();
    const rows = await db.getAll("items");
    expect(rows.map(({ id, state }) => [id, state])).toEqual([[refused.id, "look"]]);
    for (const store of ["mine", "drafts", "meta", "content"] as const) {
      expect(await db.count(store)).toBe(0);
    }
    // Without the key that closes it, what is kept could not be handed over.
    expect(await db.getAllKeys("keys")).toEqual(["device", "device:id"]);
  },
);

test("who signs in again on an emptied device reads what the server did not have, and can hand it over", async () => {
  const { one, refused } = await revoked("refused");
  expect(await one.mine.list()).toEqual([]);
  await one.session.signIn({ code: "ABCD2345" });
  expect(await one.mine.list()).toMatchObject([{ id: refused.id, status: "look" }]);
  const file = await one.outbox.exportFile(refused.id);
  expect(JSON.parse(await file.text())).toEqual(refused);
});

test("an emptied device that keeps what the server does not have, asks nothing more of it", async () => {
  const { one } = await revoked("refused");
  const asked = server.calls.length;
  expect(await one.drain.drain()).toBe(false);
  expect(server.calls.length).toBe(asked);
});
