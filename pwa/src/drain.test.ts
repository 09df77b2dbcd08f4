import { beforeEach, describe, expect, test, vi } from "vitest";
import { observation, phone, signedInPhone } from "./testing/phone";
import { fakeServer, json, problem, type Twist } from "./testing/server";

let server: ReturnType<typeof fakeServer>;
beforeEach(() => {
  server = fakeServer();
});

type Phone = Awaited<ReturnType<typeof phone>>;

async function withItems(count: number): Promise<Phone> {
  const one = await signedInPhone();
  for (let i = 0; i < count; i += 1) await one.outbox.add(observation());
  return one;
}

const states = async (one: Phone) =>
  (await (await one.db.open()).getAll("items")).map((row) => row.state).sort();
const page = (body: string, type: string, status = 200) =>
  new Response(body, { status, headers: { "Content-Type": type } });

/** The first half of an answer, after which the line breaks. */
function cutHalfway(answer: Response): Response {
  const whole = answer.clone().arrayBuffer();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const bytes = new Uint8Array(await whole);
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      controller.error(new TypeError("connection lost"));
    },
  });
  return new Response(body, { status: answer.status, headers: answer.headers });
}

const honestly = async (honest: () => Response) =>
  (await honest().json()) as Record<string, unknown>;

describe("an answer that is no answer keeps everything", () => {
  const twists: [string, Twist][] = [
    ["no network", () => Promise.reject(new TypeError("failed to fetch"))],
    [
      "no network after the server stored it",
      (honest) => {
        honest();
        throw new TypeError("connection lost");
      },
    ],
    ["a time-out", () => Promise.reject(new DOMException("too slow", "TimeoutError"))],
    ["an answer that was cut half-way", (honest) => cutHalfway(honest())],
    [
      "302 to a login page",
      () => new Response(null, { status: 302, headers: { Location: "/login" } }),
    ],
    ["400", () => problem(400)],
    ["401", () => problem(401)],
    ["403", () => problem(403)],
    ["404", () => problem(404)],
    ["408", () => problem(408)],
    ["409", () => problem(409)],
    ["413", () => problem(413)],
    ["422", () => problem(422)],
    ["429", () => problem(429, { "Retry-After": "60" })],
    ["500", () => problem(500)],
    ["502 with a page", () => page("<h1>Bad gateway</h1>", "text/html", 502)],
    ["503", () => problem(503)],
    ["200 with a captive portal's page", () => page("<html>Welkom op wifi</html>", "text/html")],
    ["200 with a page that says it is JSON", () => page("<html>", "application/json")],
    ["200 with nothing", () => page("", "application/json")],
    ["200 with half an answer", () => page('{"outcomes":[{"id":', "application/json")],
    ["200 with JSON of another kind", () => json({ status: "ok" })],
    [
      "200 with outcomes that are no list",
      async (honest) => json({ ...(await honestly(honest)), outcomes: {} }),
    ],
    [
      "200 with the right fields as plain text",
      (honest) => {
        const answer = honest();
        return new Response(answer.body, { headers: { "Content-Type": "text/plain" } });
      },
    ],
  ];

  test.each(twists)("%s", async (_name, twist) => {
    const one = await withItems(2);
    for (let turn = 0; turn < 3; turn += 1) {
      // What is halved goes on at once, and is met by the same.
      server.twists = Array(4).fill(twist);
      await one.drain.drain().catch(() => undefined);
      expect(await states(one)).toEqual(["queued", "queued"]);
    }
    server.twists = [];
    await one.drain.drain();
    await one.drain.drain();
    expect(await states(one)).toEqual(["acknowledged", "acknowledged"]);
    expect(server.stored.size).toBe(2);
  });
});

describe("outcomes", () => {
  test("after a lost answer the same bytes go again and count once", async () => {
    const one = await withItems(1);
    server.twists = [
      (honest) => {
        honest();
        throw new TypeError("connection lost");
      },
    ];
    await expect(one.drain.drain()).rejects.toMatchObject({ kind: "offline" });
    await one.drain.drain();
    const [first, second] = server.calls.filter((call) => call.path === "/sync");
    const items = (body = "") => body.slice(body.indexOf('"items":'));
    expect(items(second?.body)).toBe(items(first?.body));
    expect(server.stored.size).toBe(1);
    expect(await states(one)).toEqual(["acknowledged"]);
  });

  test("a conflict and a refusal are kept to be looked at, and block nothing", async () => {
    const one = await withItems(3);
    server.twists = [
      async (honest) => {
        const answer = (await honest().json()) as { outcomes: { id: string; result: string }[] };
        (answer.outcomes[0] as { result: string }).result = "conflict";
        (answer.outcomes[1] as { result: string }).result = "refused";
        return json(answer);
      },
    ];
    await one.drain.drain();
    expect(await states(one)).toEqual(["acknowledged", "look", "look"]);
  });

  test("an item the server did not mention stays, without going round in circles", async () => {
    const one = await withItems(2);
    server.twists = [
      async (honest) => {
        const answer = (await honest().json()) as { outcomes: unknown[] };
        return json({ ...answer, outcomes: answer.outcomes.slice(1) });
      },
    ];
    await one.drain.drain();
    expect(await states(one)).toEqual(["acknowledged", "queued"]);
    await one.drain.drain();
    expect(await states(one)).toEqual(["acknowledged", "acknowledged"]);
  });

  test("the delivery key goes along, and without a session nothing strands", async () => {
    const one = await withItems(1);
    server.signedIn = false;
    await one.drain.drain();
    const call = server.calls.at(-1);
    expect(call?.headers.get("Authorization")).toBe("Bearer delivery-key");
    expect(await states(one)).toEqual(["acknowledged"]);
  });

  test("the server hears how much the device holds and always the same device", async () => {
    const one = await withItems(2);
    await one.drain.drain();
    await one.drain.drain();
    const [first, second] = server.syncs();
    expect(first).toMatchObject({ unsent: 2, cursor: 0, epoch: null });
    expect(second).toMatchObject({ unsent: 0, epoch: "first", device: first?.device });
  });
});

describe("one sender at a time", () => {
  test("two tabs send each item once", async () => {
    const one = await withItems(30);
    const other = await phone();
    await Promise.all([one.drain.drain(), other.drain.drain()]);
    const sent = server.syncs().flatMap((request) => request.items.map((item) => item.id));
    expect(sent).toHaveLength(30);
    expect(new Set(sent).size).toBe(30);
  });

  test("who waits over 30 seconds for the lock goes ahead", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const one = await withItems(1);
    const patience = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockImplementation((limit) =>
      limit === 30_000 ? patience.signal : new AbortController().signal,
    );
    void navigator.locks.request("signaalkaart-sync", {}, () => new Promise(() => undefined));
    const sending = one.drain.drain();
    patience.abort();
    await sending;
    expect(await states(one)).toEqual(["acknowledged"]);
  });

  test("a failed sender leaves the lock free", async () => {
    const one = await withItems(1);
    server.twists = [() => problem(503)];
    await expect(one.drain.drain()).rejects.toMatchObject({ kind: "busy" });
    await one.drain.drain();
    expect(await states(one)).toEqual(["acknowledged"]);
  });

  test("withdrawn while it waits, an item is not sent", async () => {
    const one = await withItems(1);
    const [row] = await one.outbox.waiting();
    await one.outbox.withdraw(row?.id ?? "");
    await one.drain.drain();
    expect(server.stored.size).toBe(0);
  });
});

describe("a restored server", () => {
  test("gets what it confirmed in the last days again, and 0 are lost", async () => {
    const one = await withItems(3);
    await one.drain.drain();
    server.stored.clear();
    server.epoch = "second";
    await one.drain.drain();
    await one.drain.drain();
    expect(server.stored.size).toBe(3);
    expect(await states(one)).toEqual(["acknowledged", "acknowledged", "acknowledged"]);
  });

  test("is recognised by a cursor that went back as well", async () => {
    const one = await withItems(1);
    server.cursor = 40;
    await one.drain.drain();
    server.stored.clear();
    server.cursor = 3;
    await one.drain.drain();
    await one.drain.drain();
    expect(server.stored.size).toBe(1);
    expect(server.syncs().at(-1)?.cursor).toBe(3);
  });
});

test("while the server has more to tell it is asked again, from where it was", async () => {
  const one = await signedInPhone();
  server.more = true;
  server.cursor = 200;
  server.twists = [
    (honest) => honest(),
    (honest) => {
      server.more = false;
      server.cursor = 250;
      return honest();
    },
  ];
  await one.drain.drain();
  expect(server.syncs().map((request) => request.cursor)).toEqual([0, 200]);
});

test("who signed out without a network is not told the same again and again", async () => {
  const one = await withItems(1);
  const honest = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new TypeError("no network"));
  await one.session.signOut();
  globalThis.fetch = honest;
  server.more = true;
  server.cursor = 200;
  server.always = (answer) => {
    server.more = server.syncs().length < 9;
    return answer();
  };
  await one.drain.drain();
  expect(server.stored.size).toBe(1);
  expect(server.syncs()).toHaveLength(1);
});

test("what is added while a revoked device is told to empty itself is sent first", async () => {
  const one = await withItems(1);
  const late = observation();
  server.wipe = true;
  server.twists = [
    async (honest) => {
      await one.outbox.add(late);
      return honest();
    },
  ];
  await one.drain.drain();
  expect(server.stored.has(late.id)).toBe(false);
  expect(await one.outbox.total()).toBe(1);
  await one.drain.drain();
  expect(server.stored.has(late.id)).toBe(true);
  expect(one.session.state()).toBe("out");
});

test("a revoked device empties itself", async () => {
  const one = await withItems(1);
  server.wipe = true;
  await one.drain.drain();
  const db = await one.db.open();
  for (const store of ["items", "mine", "drafts", "keys"] as const) {
    expect(await db.count(store)).toBe(0);
  }
  expect(one.session.state()).toBe("out");
});
