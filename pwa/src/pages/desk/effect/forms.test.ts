import { expect, test, vi } from "vitest";
import { fire, partsOf, running, submitted } from "../../../testing/hooks";
import type { Goal } from "./calls";
import type { FormProps } from "./Frame";
import { MeasureForm } from "./MeasureForm";
import { ValueForm } from "./ValueForm";

const now: Goal = {
  goal: "awareness",
  unit: "percent",
  entered: true,
  measure: "Met een enquête",
  baseline: 40,
  baseline_few: false,
  baseline_over: 30,
  baseline_half: null,
  version: 1,
  values: [{ half: "2026-H2", value: 50, few: false, over: 30, version: 1 }],
  said_yes: [{ half: "2026-H2", question: "knows", value: 62, over: 24 }],
};
const theirs: Goal = {
  ...now,
  version: 2,
  values: [{ half: "2026-H2", value: 60, few: false, over: 30, version: 2 }],
};

const question = () => "Weet je wat je met een signaal kunt?";
const few: Goal = {
  ...now,
  goal: "help_accepted",
  unit: "count",
  baseline: null,
  baseline_few: true,
  baseline_over: null,
  values: [{ half: "2026-H2", value: null, few: true, over: null, version: 1 }],
  said_yes: [],
};

/** A server that takes everything. */
function taking(): Record<string, unknown>[] {
  const sent: Record<string, unknown>[] = [];
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return new Response(null, { status: 204 });
  });
  return sent;
}

/** A server on which a colleague was first: it takes nothing but what comes after their version. */
function colleagueFirst(): { version: number }[] {
  const sent: { version: number }[] = [];
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as { version: number };
    sent.push(body);
    if (body.version === 2) return new Response(null, { status: 204 });
    const headers = { "Content-Type": "application/problem+json" };
    return new Response(JSON.stringify({ status: 409, code: "version" }), { status: 409, headers });
  });
  return sent;
}

test.each([
  ["measure", (props: FormProps) => MeasureForm(props)],
  ["value", (props: FormProps) => ValueForm({ ...props, half: "2026-H2", question })],
])("who is second with a %s sees what is there, and the next try counts", async (_name, Form) => {
  const sent = colleagueFirst();
  const onKept = vi.fn();
  let goal = now;
  const onStale = vi.fn(() => {
    goal = theirs;
    form.again();
  });
  const form = running(() => Form({ goal, onKept, onStale, onCancel: () => undefined }));
  const field = () =>
    partsOf(form.now).find(({ props }) => props.id !== "half-awareness" && props.id);
  fire(form.now, "onValue", "45", String(field()?.props.id));
  await vi.waitFor(() => expect(field()?.props.value).toBe("45"));
  fire(form.now, "onSubmit", submitted);
  await vi.waitFor(() =>
    expect(partsOf(form.now)[0]?.props.step).toMatchObject({
      busy: false,
      problem: expect.stringContaining("Een collega heeft dit net ook veranderd."),
    }),
  );
  expect(onStale).toHaveBeenCalledOnce();
  expect(field()?.props.value).toBe("45");
  fire(form.now, "onSubmit", submitted);
  await vi.waitFor(() => expect(onKept).toHaveBeenCalledOnce());
  expect(sent.map(({ version }) => version)).toEqual([1, 2]);
});

test.each([
  ["a baseline", "start-help_accepted", (props: FormProps) => MeasureForm(props)],
  [
    "a half year",
    "waarde-help_accepted",
    (props: FormProps) => ValueForm({ ...props, half: "2026-H2", question }),
  ],
])(
  "%s that is few stays few when it is saved again, and goes when it is emptied",
  async (_name, id, Form) => {
    const sent = taking();
    const onKept = vi.fn();
    const ways = { goal: few, onKept, onStale: vi.fn(), onCancel: () => undefined };
    const form = running(() => Form(ways));
    const field = () => partsOf(form.now).find(({ props }) => props.id === id);
    expect(field()?.props.value).toBe("minder dan 5");
    fire(form.now, "onSubmit", submitted);
    await vi.waitFor(() => expect(onKept).toHaveBeenCalledTimes(1));
    fire(form.now, "onValue", "", id);
    await vi.waitFor(() => expect(field()?.props.value).toBe(""));
    fire(form.now, "onSubmit", submitted);
    await vi.waitFor(() => expect(onKept).toHaveBeenCalledTimes(2));
    expect(sent.map((body) => [body.value ?? body.baseline ?? null, body.few])).toEqual([
      [null, true],
      [null, false],
    ]);
  },
);

test("the time to feedback keeps its measure, and an empty start is the first half year again", async () => {
  const sent = taking();
  const onKept = vi.fn();
  const goal: Goal = { ...now, goal: "feedback_time", entered: false, baseline_half: "2026-H1" };
  const form = running(() =>
    MeasureForm({ goal, onKept, onStale: vi.fn(), onCancel: () => undefined }),
  );
  expect(partsOf(form.now).some(({ props }) => props.id === "maat-feedback_time")).toBe(false);
  fire(form.now, "onSubmit", submitted);
  await vi.waitFor(() => expect(onKept).toHaveBeenCalledOnce());
  expect(sent).toEqual([
    {
      goal: "feedback_time",
      measure: now.measure,
      baseline: null,
      few: false,
      over: null,
      version: 1,
    },
  ]);
});

test("what reporters answered is taken over as the value of that half year", async () => {
  const sent = taking();
  const onKept = vi.fn();
  const ways = { goal: now, onKept, onStale: vi.fn(), onCancel: () => undefined };
  const form = running(() => ValueForm({ ...ways, half: "2026-H2", question }));
  fire(form.now, "onClick", undefined);
  const field = () => partsOf(form.now).find(({ props }) => props.id === "waarde-awareness");
  await vi.waitFor(() => expect(field()?.props.value).toBe("62"));
  fire(form.now, "onSubmit", submitted);
  await vi.waitFor(() => expect(onKept).toHaveBeenCalledOnce());
  expect(sent[0]).toMatchObject({ half: "2026-H2", value: 62, few: false, over: 24 });
  fire(form.now, "onValue", "2026-H1", "half-awareness");
  await vi.waitFor(() => expect(partsOf(form.now).some(({ props }) => props.onClick)).toBe(false));
});

test.each([
  ["baseline", "start-awareness", (props: FormProps) => MeasureForm(props)],
  [
    "value",
    "waarde-awareness",
    (props: FormProps) => ValueForm({ ...props, half: "2026-H2", question }),
  ],
])(
  "a percentage as a %s is kept only with how many people it is over, and five at least",
  async (_name, id, Form) => {
    const sent = taking();
    const onKept = vi.fn();
    const ways = { goal: now, onKept, onStale: vi.fn(), onCancel: () => undefined };
    const form = running(() => Form(ways));
    vi.stubGlobal("document", { getElementById: () => null });
    const over = "over-awareness";
    const field = () => partsOf(form.now).find(({ props }) => props.id === over);
    for (const few of ["", "4", "vier"]) {
      fire(form.now, "onValue", few, over);
      await vi.waitFor(() => expect(field()?.props.value).toBe(few));
      fire(form.now, "onSubmit", submitted);
      await vi.waitFor(() => expect(field()?.props.error).toContain("minder dan 5 mensen"));
    }
    expect(sent).toEqual([]);
    fire(form.now, "onValue", "", id);
    await vi.waitFor(() => expect(field()).toBeUndefined());
    fire(form.now, "onSubmit", submitted);
    await vi.waitFor(() => expect(sent).toMatchObject([{ over: null }]));
  },
);
