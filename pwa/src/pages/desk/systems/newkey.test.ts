import { expect, test, vi } from "vitest";
import { json } from "../../../testing/server";
import { fire, partsOf, running, submitted } from "../../../testing/hooks";
import { NewKey } from "./NewKey";

test("two quick clicks make one key, so that its secret is seen", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return json({ id: "x", secret: `secret ${asked.length}` }, { status: 201 });
  });
  const made = vi.fn();
  const form = running(() => NewKey({ onMade: made }));
  const name = () => partsOf(form.now).find(({ props }) => props.id === "sleutel-naam");
  fire(form.now, "onClick");
  await vi.waitFor(() => expect(name()).toBeDefined());
  fire(form.now, "onValue", "Dashboard", "sleutel-naam");
  await vi.waitFor(() => expect(name()?.props.value).toBe("Dashboard"));
  fire(form.now, "onSubmit", submitted);
  fire(form.now, "onSubmit", submitted);
  await vi.waitFor(() => expect(made).toHaveBeenCalled());
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual(["/api/v1/systems"]);
  expect(made).toHaveBeenCalledExactlyOnceWith({ id: "x", secret: "secret 1" });
});
