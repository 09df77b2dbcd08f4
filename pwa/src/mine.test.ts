import { beforeEach, describe, expect, test } from "vitest";
import { observation, signedInPhone } from "./testing/phone";
import { fakeServer, PERSON } from "./testing/server";
import type { Feedback, FeedbackKind, Item, ObservationChange } from "./types";

beforeEach(() => void fakeServer());

const ID = "33333333-3333-4333-8333-333333333333";

const told = (extra: Partial<ObservationChange> = {}): ObservationChange => ({
  kind: "observation",
  id: ID,
  receipt: "7K2-4MX",
  card: "boa",
  card_version: 3,
  area: "BU02670101",
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
  ...extra,
});

const said = (kind: FeedbackKind, at = new Date().toISOString()): Feedback => ({
  id: `f-${kind}`,
  kind,
  text: null,
  at,
});

const addition = (extra: Partial<Item> = {}) =>
  ({
    kind: "addition",
    id: crypto.randomUUID(),
    by: PERSON.id,
    made_at: "2026-11-21T21:00:00Z",
    parent: ID,
    sealed: "c2VhbGVk",
    ...extra,
  }) as Item;

describe("the list", () => {
  test("shows what waits here and what the server knows as one, newest first", async () => {
    const one = await signedInPhone();
    const item = observation({ made_at: "2026-11-21T22:00:00Z" });
    await one.outbox.add(item);
    await one.mine.applyChanges([told()]);
    const list = await one.mine.list();
    expect(list.map((mine) => [mine.id, mine.status])).toEqual([
      [item.id, "saved"],
      [ID, "received"],
    ]);
    expect(list[0]).toMatchObject({ card: "boa", signals: 2, urgency: "this_week", feedback: [] });
    expect(list[1]).toMatchObject({
      receipt: "7K2-4MX",
      readBy: "2026-11-24",
      answerBy: "2026-12-04",
    });
  });

  test("says received with the receipt before the server tells more", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation({ id: ID }));
    await one.outbox.settle([{ id: ID, result: "stored", receipt: "7K2-4MX" }]);
    expect(await one.mine.one(ID)).toMatchObject({ status: "received", receipt: "7K2-4MX" });
  });

  test("says look with the reason when the server will not have it", async () => {
    const one = await signedInPhone();
    await one.outbox.add(observation({ id: ID }));
    await one.outbox.settle([{ id: ID, result: "conflict" }]);
    expect(await one.mine.one(ID)).toMatchObject({ status: "look", reason: "conflict" });
  });

  test.each([
    ["new", [], "received"],
    ["read", [], "read"],
    ["in_progress", [], "read"],
    ["in_progress", [said("taken_up")], "feedback"],
    ["in_progress", [said("read"), said("question")], "question"],
    ["closed", [said("question"), said("no_follow_up")], "feedback"],
  ] as const)("state %s with feedback %j is %s", async (state, feedback, status) => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told({ state, feedback: [...feedback] })]);
    expect((await one.mine.one(ID))?.status).toBe(status);
  });

  test("an answer that waits here answers the question", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told({ feedback: [said("question")] })]);
    await one.outbox.add(addition({ question: "f-question" } as Partial<Item>));
    const mine = await one.mine.one(ID);
    expect(mine?.status).toBe("feedback");
    expect(mine?.additions).toMatchObject([{ question: "f-question", status: "saved" }]);
  });

  test("an addition that arrived is shown once", async () => {
    const one = await signedInPhone();
    const item = addition();
    await one.outbox.add(item);
    await one.outbox.settle([{ id: item.id, result: "stored" }]);
    await one.mine.applyChanges([
      told({ additions: [{ id: item.id, at: "2026-11-21T21:00:05Z", question: null }] }),
    ]);
    expect((await one.mine.one(ID))?.additions).toMatchObject([
      { id: item.id, status: "received" },
    ]);
  });

  test("a withdrawal is seen at once, and then as the server says", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told()]);
    await one.outbox.withdraw(ID);
    expect((await one.mine.one(ID))?.withdrawal).toBe("queued");
    await one.mine.applyChanges([told({ withdrawal: "requested" })]);
    expect((await one.mine.one(ID))?.withdrawal).toBe("requested");
  });

  test("what the server removed is gone", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told()]);
    await one.mine.applyChanges([{ kind: "removed", id: ID }]);
    expect(await one.mine.list()).toEqual([]);
  });

  test("of what was past its term stays that it was there, and why it went", async () => {
    const one = await signedInPhone();
    const item = observation();
    await one.outbox.add(item);
    await one.parcels.take({ most: 50, bytes: 10_000 });
    await one.outbox.settle([{ id: item.id, result: "stored" }]);
    const feedback = [said("watching")];
    await one.mine.applyChanges([told({ id: item.id, feedback }), told({ feedback })]);
    await one.mine.markSeen(item.id);
    const at = new Date().toISOString();
    await one.mine.applyChanges([
      { kind: "removed", id: item.id, reason: "missed", at },
      { kind: "removed", id: ID, reason: "expired", at },
    ]);
    const [missed, expired] = await Promise.all([one.mine.one(item.id), one.mine.one(ID)]);
    expect(missed).toMatchObject({ status: "gone", unseen: true, gone: { reason: "missed", at } });
    expect(missed).toMatchObject({ area: null, signals: 0, feedback: [], receipt: "7K2-4MX" });
    expect(expired).toMatchObject({ status: "gone", unseen: false, gone: { reason: "expired" } });
    // The sealed copy of what is deleted there is not sent again from here.
    expect(await one.outbox.all(PERSON.id)).toEqual([]);
  });

  test("what went long ago, or was never here, leaves nothing", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told()]);
    const at = new Date(Date.now() - 91 * 86_400_000).toISOString();
    const other = crypto.randomUUID();
    await one.mine.applyChanges([
      { kind: "removed", id: ID, reason: "expired", at },
      { kind: "removed", id: other, reason: "expired", at: new Date().toISOString() },
    ]);
    expect(await one.mine.list()).toEqual([]);
  });

  test.each(["stored", "refused"] as const)(
    "of what went past its term no withdrawal (%s) is shown any more",
    async (result) => {
      const one = await signedInPhone();
      await one.mine.applyChanges([told()]);
      await one.outbox.withdraw(ID);
      const [withdrawal] = await one.outbox.waiting();
      await one.outbox.settle([{ id: String(withdrawal?.id), result }]);
      const shown = result === "stored" ? "queued" : "look";
      expect(await one.mine.one(ID)).toMatchObject({ withdrawal: shown });
      const at = new Date().toISOString();
      await one.mine.applyChanges([{ kind: "removed", id: ID, reason: "expired", at }]);
      expect(await one.mine.one(ID)).toMatchObject({ status: "gone", withdrawal: null });
    },
  );

  test("after ninety days the last trace goes too", async () => {
    const one = await signedInPhone();
    const at = new Date(Date.now() - 91 * 86_400_000).toISOString();
    await one.mine.applyChanges([told({ gone: { reason: "expired", at } })]);
    expect(await one.mine.one(ID)).toBeUndefined();
    expect(await (await one.db.open()).getAll("mine")).toEqual([]);
  });

  test("what was withdrawn in time leaves the phone; only the withdrawal can be sent again", async () => {
    const one = await signedInPhone();
    const item = observation();
    const more = addition({ parent: item.id });
    await one.outbox.add(item);
    await one.outbox.add(more);
    await one.parcels.take({ most: 50, bytes: 10_000 });
    await one.outbox.settle([item, more].map(({ id }) => ({ id, result: "stored" as const })));
    await one.mine.applyChanges([told({ id: item.id })]);
    await one.outbox.withdraw(item.id);
    const [withdrawal] = await one.outbox.waiting();
    await one.outbox.settle([{ id: withdrawal?.id ?? "", result: "stored" }]);
    await one.mine.applyChanges([{ kind: "removed", id: item.id }]);
    expect(await one.mine.list()).toEqual([]);
    expect(await one.outbox.all(PERSON.id)).toMatchObject([{ kind: "withdrawal" }]);
  });

  test("nothing of a snapshot can be read in the store", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told()]);
    const [row] = await (await one.db.open()).getAll("mine");
    expect(new TextDecoder().decode(row?.snapshot.data)).not.toContain("7K2-4MX");
  });
});

describe("news", () => {
  test("feedback is unseen until its observation was opened", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told()]);
    expect((await one.mine.one(ID))?.unseen).toBe(false);
    await one.mine.applyChanges([told({ feedback: [said("read")] })]);
    expect((await one.mine.one(ID))?.unseen).toBe(true);
    await one.mine.markSeen(ID);
    await one.mine.applyChanges([told({ state: "in_progress", feedback: [said("read")] })]);
    expect((await one.mine.one(ID))?.unseen).toBe(false);
    await one.mine.applyChanges([told({ feedback: [said("read"), said("contact")] })]);
    expect((await one.mine.one(ID))?.unseen).toBe(true);
  });

  test("is counted per person, without opening anything", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told({ feedback: [said("read")] })]);
    expect(await one.mine.unseen()).toBe(1);
    await one.mine.markSeen(ID);
    expect(await one.mine.unseen()).toBe(0);
    await one.session.signOut();
    expect(await one.mine.unseen()).toBe(0);
  });

  test("a list that is filled again does not call old feedback news", async () => {
    const one = await signedInPhone();
    await one.mine.applyChanges([told({ feedback: [said("read", "2020-01-01T12:00:00Z")] })]);
    expect((await one.mine.one(ID))?.unseen).toBe(false);
  });
});
