import { expect, test, vi } from "vitest";
import { fire, partsOf, running, submitted } from "../../../testing/hooks";
import { json } from "../../../testing/server";
import { NewKey } from "./NewKey";

test("two quick clicks make one key, so that its secret is seen", async () => {
  let keys = 0;
  vi.stubGlobal("fetch", async (url: string) => {
    if (url !== "/api/v1/systems") throw new TypeError("no network in this test");
    keys += 1;
    return json({ id: "x", secret: `secret ${keys}` }, { status: 201 });
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
  expect(keys).toBe(1);
  expect(made).toHaveBeenCalledExactlyOnceWith({ id: "x", secret: "secret 1" });
});
