import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { observation, signedInPhone } from "./testing/phone";
import { fakeServer, json, PERSON, problem } from "./testing/server";

const NOVEMBER = new Date(2026, 10, 22, 12);
const QUESTIONS = [{ id: "knows", text: "Weet je het?", choices: [{ id: "yes", text: "Ja" }] }];

/** The server of every phone, which also knows of the survey. */
function surveyServer() {
  const server = fakeServer();
  const honest = globalThis.fetch;
  const survey = {
    half: "2026-H2" as string | null,
    answers: [] as unknown[],
    asked: 0,
    /** What it says to the next papers; null is no answer at all. */
    next: [] as (Response | null)[],
  };
  vi.stubGlobal("fetch", async (url: string, options: RequestInit = {}) => {
    if (!String(url).endsWith("/survey")) return honest(url, options);
    if (options.method === "GET") {
      survey.asked += 1;
      return json({ half: survey.half, questions: survey.half ? QUESTIONS : [] });
    }
    const said = survey.next.shift();
    if (said === null) throw new TypeError("no network");
    if (said) return said;
    survey.answers.push(JSON.parse(String(options.body)));
    return new Response(null, { status: 204 });
  });
  return { server, survey };
}

async function aPhone() {
  const one = await signedInPhone();
  return { ...one, questions: await import("./survey") };
}

describe("the survey", () => {
  let all: ReturnType<typeof surveyServer>;
  beforeEach(() => {
    all = surveyServer();
  });
  afterEach(() => vi.unstubAllGlobals());

  it("is offered in its months, fetched once a day, and also without network after that", async () => {
    const { questions } = await aPhone();
    expect(await questions.offer(new Date(2026, 7, 1))).toBeNull();
    expect(all.survey.asked).toBe(0);
    expect(await questions.offer(NOVEMBER)).toEqual({ half: "2026-H2", questions: QUESTIONS });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    expect((await questions.offer(NOVEMBER))?.half).toBe("2026-H2");
    expect(all.survey.asked).toBe(1);
  });

  it("of spring is not asked in autumn", async () => {
    const { questions } = await aPhone();
    all.survey.half = "2026-H1";
    expect((await questions.offer(new Date(2026, 5, 30)))?.half).toBe("2026-H1");
    expect(await questions.offer(NOVEMBER)).toBeNull();
  });

  it("is for reporters only", async () => {
    all.server.person = { ...PERSON, role: "beheerder" };
    const { questions } = await aPhone();
    expect(await questions.offer(NOVEMBER)).toBeNull();
    expect(all.survey.asked).toBe(0);
  });

  it.each([{ knows: "yes" }, null])("is not offered again after %j", async (answers) => {
    const { questions } = await aPhone();
    await questions.offer(NOVEMBER);
    await questions.finish("2026-H2", answers);
    expect(all.survey.answers).toEqual([{ half: "2026-H2", answers }]);
    expect(await questions.offer(NOVEMBER)).toBeNull();
    await questions.flush();
    expect(all.survey.answers).toHaveLength(1);
  });

  it("waits without network and goes later, once", async () => {
    const { questions } = await aPhone();
    all.survey.next.push(null, problem(503));
    await questions.finish("2026-H2", { knows: "yes" });
    await questions.flush();
    expect(all.survey.answers).toEqual([]);
    await Promise.all([questions.flush(), questions.flush()]);
    await questions.flush();
    expect(all.survey.answers).toHaveLength(1);
  });

  it("never goes before an observation that waits", async () => {
    const { questions, outbox, sync } = await aPhone();
    await outbox.add(observation());
    await questions.finish("2026-H2", { knows: "yes" });
    expect(all.survey.answers).toEqual([]);
    await sync.run("button");
    expect(await outbox.total()).toBe(0);
    await questions.flush();
    expect(all.survey.answers).toHaveLength(1);
  });

  it("is over when the server says so", async () => {
    const { questions } = await aPhone();
    all.survey.next.push(problem(409));
    await questions.finish("2026-H2", { knows: "yes" });
    await questions.flush();
    expect(all.survey.answers).toEqual([]);
  });

  it("leaves nothing to read on the phone, and nothing for who signs in after", async () => {
    const { questions, session, db } = await aPhone();
    all.survey.next.push(null);
    await questions.finish("2026-H2", { knows: "yes" });
    const kept = await db.readMeta("survey");
    expect(JSON.stringify(kept)).not.toContain("knows");
    await session.signOut();
    await session.signIn({ code: "ABCD2345" });
    await questions.flush();
    expect(all.survey.answers).toEqual([]);
    expect((await questions.offer(NOVEMBER))?.half).toBe("2026-H2");
  });
});
