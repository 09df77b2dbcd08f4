import { beforeEach, describe, expect, test, vi } from "vitest";

class FakeWorker extends EventTarget {
  state = "installing";
  postMessage = vi.fn();
}

const reload = vi.fn();
let container: EventTarget & { controller: unknown; register: (url: string) => Promise<unknown> };
let registration: EventTarget & {
  waiting: unknown;
  installing: unknown;
  update: () => Promise<void>;
};

beforeEach(() => {
  reload.mockReset();
  registration = Object.assign(new EventTarget(), {
    waiting: null as unknown,
    installing: null as unknown,
    update: vi.fn(async () => undefined),
  });
  container = Object.assign(new EventTarget(), {
    controller: {} as unknown,
    register: vi.fn(async () => registration),
  });
  vi.stubGlobal("navigator", { serviceWorker: container });
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
});

async function installed() {
  const update = await import("./update");
  await update.start("/sw.js");
  const fresh = new FakeWorker();
  registration.installing = fresh;
  registration.dispatchEvent(new Event("updatefound"));
  fresh.state = "installed";
  fresh.dispatchEvent(new Event("statechange"));
  return { update, fresh };
}

describe("a newer version", () => {
  test("waits, and the page is told", async () => {
    const { update, fresh } = await installed();
    expect(update.waiting()).toBe(true);
    expect(fresh.postMessage).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  test("that waited already when the app opened is offered too", async () => {
    registration.waiting = new FakeWorker();
    const update = await import("./update");
    await update.start("/sw.js");
    expect(update.waiting()).toBe(true);
  });

  test("the very first version is no update", async () => {
    container.controller = null;
    const { update } = await installed();
    expect(update.waiting()).toBe(false);
  });

  test("takes over after somebody agreed, when nothing is being sent", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const { update, fresh } = await installed();
    let sending = true;
    const applying = update.apply(() => sending);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(fresh.postMessage).not.toHaveBeenCalled();
    sending = false;
    await vi.advanceTimersByTimeAsync(1_000);
    await applying;
    expect(fresh.postMessage).toHaveBeenCalledWith("skip-waiting");
    container.dispatchEvent(new Event("controllerchange"));
    expect(reload).toHaveBeenCalledTimes(1);
  });

  test("that somebody agreed to in another tab does not reload this one", async () => {
    await installed();
    container.dispatchEvent(new Event("controllerchange"));
    expect(reload).not.toHaveBeenCalled();
  });
});
