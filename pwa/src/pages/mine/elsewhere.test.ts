import { beforeEach, expect, test, vi } from "vitest";
import { partsOf } from "../../testing/hooks";
import { phone } from "../../testing/phone";
import { fakeServer } from "../../testing/server";

beforeEach(() => void fakeServer());

/** The server says, with every sign-in and session, what other devices still held. */
function missing(unsent_elsewhere: number): void {
  const honest = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const answer = await honest(url, init);
    if (!/\/sessions?$/.test(url) || !answer.ok || answer.status === 204) return answer;
    const { status, headers } = answer;
    const said = { ...((await answer.json()) as object), unsent_elsewhere };
    return new Response(JSON.stringify(said), { status, headers });
  });
}

/** What the screen says, as one line of text. */
async function shown(): Promise<string> {
  const { Elsewhere } = await import("./Elsewhere");
  const strings = partsOf(Elsewhere()).flatMap(({ props }) =>
    [props.children].flat().filter((part) => typeof part === "string" || typeof part === "number"),
  );
  return strings.join("").replace(/\s+/g, " ").trim();
}

test("who signs in on a phone that was emptied reads how many reports the server missed, and what to do", async () => {
  missing(3);
  const one = await phone();
  await one.session.signIn({ code: "ABCD2345" });
  const text = await shown();
  expect(text).toContain(
    "De gemeente mist nog 3 meldingen van je. Die staan op een ander toestel,",
  );
  expect(text).toContain("of stonden hier voordat dit toestel leeg raakte.");
  expect(text).toContain("Open de signaalkaart daar met bereik.");
  expect(text).toContain("Kan dat niet? Meld dan opnieuw wat je toen meldde.");
});

test("one report that is missed is said as one", async () => {
  missing(1);
  const one = await phone();
  await one.session.signIn({ code: "ABCD2345" });
  const text = await shown();
  expect(text).toContain("De gemeente mist nog 1 melding van je. Die staat op een ander toestel,");
  expect(text).toContain("of stond hier");
});

test("that reports are missed is still said without a network, and no more once they arrived", async () => {
  missing(2);
  await (await phone()).session.signIn({ code: "ABCD2345" });
  const reopened = await phone();
  await reopened.session.load();
  expect(await shown()).toContain("2 meldingen");
  missing(0);
  await reopened.session.check();
  expect(await shown()).toBe("");
});
