import { expect, test, vi } from "vitest";
import { listen, tell, tellTab } from "./listeners";

test("what changes a thousand times is told at once and once more at the end", () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const heard = vi.fn();
  listen("busy", heard);
  for (let i = 0; i < 1_000; i += 1) tell("busy");
  expect(heard).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(heard).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(100);
  tell("busy");
  expect(heard).toHaveBeenCalledTimes(3);
});

test("who stopped listening hears nothing", () => {
  const heard = vi.fn();
  listen("topic", heard)();
  tellTab("topic");
  expect(heard).not.toHaveBeenCalled();
});

test("another tab hears it too", async () => {
  const other = new BroadcastChannel("signaalkaart");
  const heard = new Promise((resolve) => {
    other.onmessage = (event: MessageEvent<unknown>) => resolve(event.data);
  });
  tell("elsewhere");
  expect(await heard).toBe("elsewhere");
  other.close();
});
