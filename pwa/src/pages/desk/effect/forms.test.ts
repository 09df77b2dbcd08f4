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
  version: 1,
  values: [{ half: "2026-H2", value: 50, few: false, version: 1 }],
};
const theirs: Goal = {
  ...now,
  version: 2,
  values: [{ half: "2026-H2", value: 60, few: false, version: 2 }],
};

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
  ["value", (props: FormProps) => ValueForm({ ...props, half: "2026-H2" })],
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
