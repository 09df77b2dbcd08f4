import { beforeEach, describe, expect, test, vi } from "vitest";
import { signedInPhone } from "./testing/phone";
import { fakeServer } from "./testing/server";

const subscription = {
  toJSON: () => ({ endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } }),
  unsubscribe: vi.fn(async () => true),
};

let server: ReturnType<typeof fakeServer>;
let told: { method: string; body: string }[];

function phoneWithPush(permission: NotificationPermission, answers: NotificationPermission) {
  let current: (typeof subscription & { options?: object }) | null = null;
  const subscribe = vi.fn(async (wish: { applicationServerKey: Uint8Array<ArrayBuffer> }) => {
    const options = { applicationServerKey: wish.applicationServerKey.buffer };
    current = { ...subscription, options };
    return current;
  });
  const pushManager = { subscribe, getSubscription: async () => current };
  subscription.unsubscribe.mockImplementation(async () => {
    current = null;
    return true;
  });
  vi.stubGlobal("navigator", {
    serviceWorker: {
      ready: Promise.resolve({ pushManager }),
      getRegistration: async () => ({ pushManager }),
    },
  });
  vi.stubGlobal("PushManager", class {});
  const Notification = {
    permission,
    requestPermission: vi.fn(async () => {
      Notification.permission = answers;
      return answers;
    }),
  };
  vi.stubGlobal("Notification", Notification);
  return { subscribe, pushManager };
}

async function push() {
  await signedInPhone();
  vi.resetModules();
  await (await import("./session")).load();
  return import("./push");
}

beforeEach(() => {
  server = fakeServer();
  told = [];
  const rest = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (!url.endsWith("/push/subscription")) return rest(url, init);
    told.push({ method: String(init.method), body: String(init.body) });
    return new Response(null, { status: 204 });
  });
});

describe("notifications", () => {
  test("are unsupported where the browser has none", async () => {
    const { state, turnOn } = await push();
    expect(await state()).toBe("unsupported");
    expect(await turnOn()).toBe("unsupported");
  });

  test("go on after a tap, and the server hears where", async () => {
    phoneWithPush("default", "granted");
    const { state, turnOn } = await push();
    expect(await state()).toBe("off");
    expect(await turnOn()).toBe("on");
    expect(told).toEqual([
      {
        method: "PUT",
        body: '{"endpoint":"https://push.example/1","keys":{"p256dh":"p","auth":"a"}}',
      },
    ]);
  });

  test("stay off when they are refused", async () => {
    phoneWithPush("default", "denied");
    const { turnOn } = await push();
    expect(await turnOn()).toBe("denied");
    expect(told).toEqual([]);
  });

  test("are sent to the server again at every start, and made again when they vanished", async () => {
    const { pushManager } = phoneWithPush("granted", "granted");
    const { turnOn, resend } = await push();
    await resend();
    expect(told).toEqual([]);
    await turnOn();
    await resend();
    expect(told).toHaveLength(2);
    await subscription.unsubscribe();
    await resend();
    expect(await pushManager.getSubscription()).not.toBeNull();
    expect(told).toHaveLength(3);
  });

  test("are made anew when the gemeente has other keys, and otherwise stay as they are", async () => {
    const { subscribe } = phoneWithPush("granted", "granted");
    const { turnOn, resend } = await push();
    await turnOn();
    subscription.unsubscribe.mockClear();
    await resend();
    expect(subscription.unsubscribe).not.toHaveBeenCalled();
    server.pushKey = "BBBB";
    await (await import("./session")).check();
    await resend();
    expect(subscription.unsubscribe).toHaveBeenCalledTimes(1);
    expect(subscribe.mock.calls.map(([wish]) => [...wish.applicationServerKey])).toEqual([
      [4, 0, 0],
      [4, 16, 65],
    ]);
    expect(told).toHaveLength(3);
  });

  test("of a browser that does not say with which key they were made stay", async () => {
    const { subscribe } = phoneWithPush("granted", "granted");
    const { turnOn, resend } = await push();
    await turnOn();
    Object.assign(await subscribe.mock.results[0]?.value, { options: undefined });
    subscription.unsubscribe.mockClear();
    server.pushKey = "BBBB";
    await (await import("./session")).check();
    await resend();
    expect(subscription.unsubscribe).not.toHaveBeenCalled();
    expect(told).toHaveLength(2);
  });

  test("go off here and at the server", async () => {
    phoneWithPush("granted", "granted");
    const { turnOn, turnOff, resend } = await push();
    await turnOn();
    expect(await turnOff()).toBe("off");
    await resend();
    expect(told.map((call) => call.method)).toEqual(["PUT", "DELETE"]);
  });

  test("that a push service never answers give up after 20 seconds", async () => {
    const { subscribe } = phoneWithPush("granted", "granted");
    subscribe.mockReturnValue(new Promise(() => undefined));
    const { turnOn } = await push();
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const turning = turnOn();
    const failed = expect(turning).rejects.toMatchObject({ kind: "offline", timedOut: true });
    await vi.waitFor(() => {
      expect(subscribe).toHaveBeenCalled();
    });
    vi.advanceTimersByTime(20_000);
    await failed;
  });
});
