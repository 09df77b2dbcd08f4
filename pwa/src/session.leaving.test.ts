import { beforeEach, describe, expect, test, vi } from "vitest";
import { phone, signedInPhone } from "./testing/phone";
import { fakeServer, PERSON } from "./testing/server";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

const OTHER = { ...PERSON, id: "22222222-2222-4222-8222-222222222222", name: "Mark de Boer" };

/** A phone whose person signed out without a network, and a second tab of it. */
async function signedOutOffline() {
  vi.stubGlobal("BroadcastChannel", undefined);
  const one = await signedInPhone();
  const honest = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new TypeError("no network"));
  await one.session.signOut();
  globalThis.fetch = honest;
  return [one, await phone()] as const;
}

/** Just before a sign-out leaves the phone, something happens. */
function beforeLeaving(happens: () => Promise<unknown>): void {
  const honest = globalThis.fetch;
  globalThis.fetch = async (url, init) => {
    if (init?.method === "DELETE") {
      globalThis.fetch = honest;
      await happens();
    }
    return honest(url, init);
  };
}

describe("a sign-out that is told late", () => {
  test("does not end the session of who came in just before it", async () => {
    const [one, other] = await signedOutOffline();
    beforeLeaving(() => {
      server.person = OTHER;
      return other.session.signIn({ code: "EFGH2345" });
    });
    await one.session.check();
    expect(server.signedIn).toBe(true);
    expect(await other.session.check()).toBe("in");
    expect(other.session.current()).toEqual(OTHER);
  });

  test("leaves the next one to be told, when who came has gone too", async () => {
    const [one, other] = await signedOutOffline();
    beforeLeaving(async () => {
      server.person = OTHER;
      await other.session.signIn({ code: "EFGH2345" });
      const honest = globalThis.fetch;
      globalThis.fetch = () => Promise.reject(new TypeError("no network"));
      await other.session.signOut();
      globalThis.fetch = honest;
    });
    await one.session.check();
    expect(server.signedIn).toBe(true);
    await one.session.check();
    expect(server.signedIn).toBe(false);
    expect(await one.db.readMeta("sign out")).toBeUndefined();
  });

  test("is over before the next person comes in here, so that it does not take their cookie", async () => {
    const [one] = await signedOutOffline();
    let comesIn: Promise<unknown> | undefined;
    beforeLeaving(async () => {
      server.person = OTHER;
      comesIn = one.session.signIn({ code: "EFGH2345" });
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await one.session.check();
    await comesIn;
    const asked = server.calls.map(({ method, path }) => `${method} ${path}`);
    expect(asked.slice(1)).toEqual(["DELETE /session", "POST /sessions"]);
    expect(one.session.current()).toEqual(OTHER);
  });

  test("by an earlier version, which did not write down whose it is, is still told", async () => {
    const [one] = await signedOutOffline();
    await one.db.writeMeta("sign out", true);
    await one.session.check();
    expect(server.calls.at(-1)?.headers.get("Session-Person")).toBeNull();
    expect(server.signedIn).toBe(false);
  });
});
