import { describe, expect, test, vi } from "vitest";
import * as api from "./api";

const answers = (status: number, body = "", headers: Record<string, string> = {}) => {
  const asked = vi.fn(
    async (_url: string, _init: RequestInit) => new Response(body || null, { status, headers }),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
};
const JSON_TYPE = { "Content-Type": "application/json" };

describe("a failure is one of six kinds", () => {
  test.each([
    [401, "signed_out"],
    [400, "refused"],
    [403, "refused"],
    [409, "refused"],
    [413, "refused"],
    [408, "busy"],
    [429, "busy"],
    [503, "busy"],
    [500, "server"],
    [502, "server"],
    [302, "strange"],
  ])("%i is %s", async (status, kind) => {
    answers(status);
    await expect(api.session()).rejects.toMatchObject({ name: "ApiError", kind, status });
  });

  test("no answer is offline", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    await expect(api.session()).rejects.toMatchObject({ kind: "offline", timedOut: false });
  });

  test("an answer that is no JSON is strange, also with status 200", async () => {
    answers(200, "<html>", { "Content-Type": "text/html" });
    await expect(api.session()).rejects.toMatchObject({ kind: "strange" });
    answers(200, "<html>", JSON_TYPE);
    await expect(api.session()).rejects.toMatchObject({ kind: "strange" });
  });

  test("says what the server said", async () => {
    const problem = {
      status: 409,
      title: "Net veranderd",
      detail: "Mark was eerder.",
      code: "version",
    };
    answers(409, JSON.stringify(problem), { "Content-Type": "application/problem+json" });
    await expect(api.session()).rejects.toMatchObject({ message: "Mark was eerder.", problem });
  });

  test.each([
    ["120", 120],
    [new Date(Date.now() + 60_000).toUTCString(), 60],
    ["soon", undefined],
    ["-5", 0],
  ])("Retry-After %s is %s seconds", async (header, seconds) => {
    answers(429, "", { "Retry-After": header });
    const error = await api.session().catch((caught: unknown) => caught as api.ApiError);
    const { retryAfter } = error as api.ApiError;
    if (seconds === undefined) expect(retryAfter).toBeUndefined();
    else expect(Math.abs((retryAfter ?? 0) - seconds)).toBeLessThan(2);
  });

  test("a date in Retry-After is held against the server's clock, whatever this phone's says", async () => {
    const there = Date.now() + 3 * 86_400_000;
    const utc = (time: number) => new Date(time).toUTCString();
    answers(503, "", { Date: utc(there), "Retry-After": utc(there + 60_000) });
    const error = await api.session().catch((caught: unknown) => caught as api.ApiError);
    expect((error as api.ApiError).retryAfter).toBe(60);
  });
});

describe("a call", () => {
  test("goes to our own server only, with its cookies, past every cache, and follows no redirect", async () => {
    const asked = answers(200, "{}", JSON_TYPE);
    await api.changeState("a/b", { state: "closed", version: 2 });
    expect(asked).toHaveBeenCalledWith(
      "/api/v1/observations/a%2Fb/states",
      expect.objectContaining({
        method: "POST",
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        body: '{"state":"closed","version":2}',
      }),
    );
    const headers = asked.mock.calls[0]?.[1].headers as Headers;
    expect(headers.get("Content-Type")).toBe("application/json");
  });

  test("of the inbox carries only what was asked", async () => {
    const asked = answers(200, "{}", JSON_TYPE);
    await api.inbox({ view: "late", olderThan: 10 });
    expect(asked.mock.calls[0]?.[0]).toBe("/api/v1/inbox?view=late&olderThan=10");
    await api.inbox();
    expect(asked.mock.calls[1]?.[0]).toBe("/api/v1/inbox");
  });

  test("without a body in the answer is done when it is answered", async () => {
    answers(204);
    await expect(api.signOut(true)).resolves.toBeUndefined();
  });

  test("for what did not change answers null", async () => {
    answers(304);
    await expect(api.cards('"1"')).resolves.toBeNull();
  });
});
