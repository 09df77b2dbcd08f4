import { expect, test, vi } from "vitest";
import { running } from "../../testing/hooks";
import { NoPasskey } from "../entry/passkey";
import { useStep } from "./useStep";

test("who gives no passkey is told so, and can try again", async () => {
  const step = running(() => useStep(() => undefined));
  await step.now.run(() => Promise.reject(new NoPasskey("Er is geen passkey gebruikt.")));
  await vi.waitFor(() =>
    expect(step.now).toMatchObject({ problem: "Er is geen passkey gebruikt.", busy: false }),
  );
  await step.now.run(async () => undefined);
  await vi.waitFor(() => expect(step.now.problem).toBe(""));
});
