/** The server as the phone knows it: idempotent by id, with answers a test can put in between. */
import { vi } from "vitest";
import type { Change, Item, Outcome, Person, SyncRequest } from "../types";

export interface Call {
  method: string;
  path: string;
  headers: Headers;
  body: string;
}

/** Given what the server would honestly do, answers in another way. */
export type Twist = (honest: () => Response, call: Call) => Response | Promise<Response>;

export const PERSON: Person = {
  id: "11111111-1111-4111-8111-111111111111",
  name: "Sanne Visser",
  role: "melder",
  role_label: "Melder",
  organisation: "Boa's",
  card: "boa",
};

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { "Content-Type": "application/json", ...(init.headers as Record<string, string>) },
  });

export const problem = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ status, title: "Dat lukt niet" }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });

export function fakeServer() {
  const server = {
    calls: [] as Call[],
    /** What is stored: the item's text by id. */
    stored: new Map<string, string>(),
    changes: [] as Change[],
    epoch: "first",
    cursor: 0,
    more: false,
    wipe: false,
    signedIn: true,
    person: PERSON,
    pushKey: "BAAA",
    /** Each is used once, in this order, for POST /sync; then the server is honest again. */
    twists: [] as Twist[],
    /** Used for every POST /sync after those. */
    always: null as Twist | null,
    syncs: () =>
      server.calls
        .filter((call) => call.path === "/sync")
        .map((call) => JSON.parse(call.body) as SyncRequest),
  };

  const session = () => ({
    person: server.person,
    device: "d",
    push_key: server.pushKey,
    expires_at: "2027-01-01T00:00:00Z",
  });

  function receive(item: Item): Outcome {
    const text = JSON.stringify(item);
    const before = server.stored.get(item.id);
    if (before !== undefined && before !== text) return { id: item.id, result: "conflict" };
    server.stored.set(item.id, text);
    return {
      id: item.id,
      result: before ? "known" : "stored",
      receipt: `7K2-${item.id.slice(0, 3)}`,
    };
  }

  function sync(call: Call): Response {
    const request = JSON.parse(call.body) as SyncRequest;
    const person = server.signedIn ? server.person.id : null;
    const isTold = person !== null && person === request.by;
    return json({
      outcomes: request.items.map(receive),
      person,
      changes: isTold ? server.changes.splice(0) : [],
      cursor: isTold ? server.cursor : request.cursor,
      more: server.more,
      epoch: server.epoch,
      cards_version: "1",
      seal_key: null,
      server_time: "2026-11-21T20:42:00Z",
      wipe: server.wipe,
    });
  }

  function answer(call: Call): Response | Promise<Response> {
    if (call.path === "/sync") {
      const twist = server.twists.shift() ?? server.always;
      return twist ? twist(() => sync(call), call) : sync(call);
    }
    if (call.path === "/sessions") {
      server.signedIn = true;
      return json({ ...session(), delivery_key: "delivery-key" }, { status: 201 });
    }
    if (call.path === "/session" && call.method === "DELETE") {
      const person = call.headers.get("Session-Person") ?? server.person.id;
      if (person === server.person.id) server.signedIn = false;
      return new Response(null, { status: 204 });
    }
    if (call.path === "/session") return server.signedIn ? json(session()) : problem(401);
    return problem(404);
  }

  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const call: Call = {
      method: init.method ?? "GET",
      path: url.replace("/api/v1", ""),
      headers: new Headers(init.headers),
      body: String(init.body ?? ""),
    };
    server.calls.push(call);
    return answer(call);
  });
  return server;
}
