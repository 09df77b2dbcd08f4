import { describe, expect, test, vi } from "vitest";
import { cardSet, cardWith, signal } from "../../testing/content";
import { observation, signedInPhone } from "../../testing/phone";
import { fakeServer, json, PERSON } from "../../testing/server";
import { cardOf, formOf } from "./fixture";

/** A gemeente with these switches; the phone has its cards. */
async function phoneOf(switches: { offline_recording: boolean; draft_hours: number }) {
  fakeServer();
  const server = fetch;
  const set = cardSet("1", [cardWith([signal("BOA-01", "licht")])]);
  const body = { ...set, gemeente: { ...set.gemeente, switches } };
  vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
    url === "/api/v1/cards" ? Promise.resolve(json(body)) : server(url, init),
  );
  const one = await signedInPhone();
  await one.cards.refresh();
  expect(one.cards.gemeente()?.switches).toEqual(switches);
  return { ...one, send: await import("./send") };
}

describe("a gemeente that wants nothing to wait on a phone", () => {
  test("has no report kept without a network, and is said to call", async () => {
    const one = await phoneOf({ offline_recording: false, draft_hours: 72 });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    await one.sync.run("button");
    const kept = one.send.store(
      "11111111-1111-4111-8111-aaaaaaaaaaaa",
      formOf(),
      cardOf(),
      [],
      PERSON,
    );
    const fault = await kept.catch((error: unknown) => one.send.storeFault(error));
    expect(fault).toContain("Zonder bereik kun je hier niet melden");
    expect(fault).toContain("14 033");
    expect(await one.outbox.total()).toBe(0);
  });

  test("has no drafts kept either, when it says so", async () => {
    const one = await phoneOf({ offline_recording: false, draft_hours: 0 });
    await one.drafts.save("boa", { what: "Drie jongens" });
    expect(await one.drafts.load("boa")).toBeNull();
    expect(await (await one.db.open()).getAll("drafts")).toEqual([]);
  });
});

test("a tab that a newer version shut out says what to do, and what was typed is still there", async () => {
  const one = await phoneOf({ offline_recording: true, draft_hours: 72 });
  const { version } = await one.db.open();
  await one.drafts.save("boa", { what: "Drie jongens" });
  const newer = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open("signaalkaart", version + 1);
    opening.onsuccess = () => resolve(opening.result);
  });
  const kept = one.outbox.add(observation(), "boa");
  expect(await kept.catch((error: unknown) => one.send.storeFault(error))).toBe(
    "Er is een nieuwere versie van de app open. Kopieer je tekst en laad de app opnieuw.",
  );
  const drafts = newer.transaction("drafts").objectStore("drafts").count();
  await new Promise((resolve) => {
    drafts.onsuccess = resolve;
  });
  expect(drafts.result).toBe(1);
  newer.close();
});
