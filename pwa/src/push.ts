/** Notifications on this device. They are a help: the list in the app is complete without them. */
import * as api from "./api";
import { fromBase64, toBase64 } from "./base64";
import { deleteMeta, readMeta, writeMeta } from "./db";
import { pushKey } from "./session";

export type PushState = "unsupported" | "off" | "denied" | "on";

const LIMIT = 20_000;
const WANTED = "push wanted";

const supported = () =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

async function registration(): Promise<ServiceWorkerRegistration> {
  return within(navigator.serviceWorker.ready);
}

// Without a push service in reach, subscribing never answers in some browsers.
function within<T>(answer: Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new api.ApiError("offline", { timedOut: true })), LIMIT);
  });
  return Promise.race([answer, late]);
}

export async function state(): Promise<PushState> {
  if (!supported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const registered = await navigator.serviceWorker.getRegistration();
  const subscription = await registered?.pushManager.getSubscription();
  return subscription && Notification.permission === "granted" ? "on" : "off";
}

/** Asks permission and subscribes; only from a tap. Fails with an ApiError when it cannot be reached. */
export async function turnOn(): Promise<PushState> {
  if (!supported()) return "unsupported";
  if ((await Notification.requestPermission()) !== "granted") return state();
  await writeMeta(WANTED, true);
  await subscribe();
  return state();
}

async function subscribe(): Promise<void> {
  const key = pushKey();
  if (!key) throw new api.ApiError("signed_out");
  const applicationServerKey = fromBase64(key);
  const { pushManager } = await registration();
  let subscription = await pushManager.getSubscription();
  if (subscription && !isFor(subscription, applicationServerKey)) {
    await within(subscription.unsubscribe());
    subscription = null;
  }
  subscription ??= await within(
    pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }),
  );
  await api.subscribe(subscription.toJSON());
}

// Where a key ring was lost, push services turn down what the new keys sign for subscriptions made
// with the old. A browser that does not say with which key one was made is believed.
function isFor({ options }: PushSubscription, key: Uint8Array): boolean {
  const made = options?.applicationServerKey;
  return !made || toBase64(new Uint8Array(made)) === toBase64(key);
}

export async function turnOff(): Promise<PushState> {
  await drop();
  try {
    await api.unsubscribe();
  } catch (error) {
    // The subscription is gone here, so what the server still sends reaches nobody.
    if (!(error instanceof api.ApiError)) throw error;
  }
  return state();
}

/** Ends the subscription on this device only. */
export async function drop(): Promise<void> {
  await deleteMeta(WANTED);
  if (!supported()) return;
  const registered = await navigator.serviceWorker.getRegistration();
  await (await registered?.pushManager.getSubscription())?.unsubscribe();
}

/** At every start: the server hears again where this device is, or that it moved. */
export async function resend(): Promise<void> {
  if (!supported() || !(await readMeta<boolean>(WANTED))) return;
  if (Notification.permission !== "granted") return;
  try {
    await subscribe();
  } catch (error) {
    // Without network or session the next start does it.
    if (!(error instanceof api.ApiError)) throw error;
  }
}
