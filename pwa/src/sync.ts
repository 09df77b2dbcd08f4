/** When what waits is sent, and what the screen may say about it. */
import { ApiError, type ApiErrorKind } from "./api";
import * as background from "./background";
import { pause } from "./backoff";
import { readMeta, write } from "./db";
import { drain } from "./drain";
import { listen, tellTab } from "./listeners";
import * as outbox from "./outbox";
import type { SyncAnswer } from "./types";

const EVERY = 60_000;
// The server asks for no longer; what stands in between may ask for anything.
const LONGEST = 3_600_000;

export type Reason =
  | "start"
  | "added"
  | "online"
  | "visible"
  | "signed in"
  | "push"
  | "button"
  | "timer"
  | "retry";

// Somebody is there and expects it, or the network just came back: no reason to wait on.
const AT_ONCE: Reason[] = ["button", "added", "online", "signed in", "push"];

export interface SyncState {
  phase: "idle" | "sending" | "waiting";
  /** Whether the server could be reached last time; null when not tried yet. */
  online: boolean | null;
  lastSuccess?: Date;
  problem?: ApiErrorKind;
}

let now: SyncState = { phase: "idle", online: null };
let underWay: Promise<void> | null = null;
let again = false;
let failures = 0;
// A clock that is set back ends a pause: it would last for days otherwise.
let pausedAt = 0;
let pausedUntil = 0;
let blockedUntil = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let heard: (answer: SyncAnswer) => unknown = () => undefined;

export const state = (): SyncState => now;
export const onChange = (fn: () => void) => listen("sync", fn);

/** `fn` hears every answer, to see whether there are newer cards. */
export function whenAnswered(fn: (answer: SyncAnswer) => unknown): void {
  heard = fn;
}

function become(next: SyncState): void {
  now = next;
  tellTab("sync");
}

/** Sends what waits and hears what is new. Resolves when that is done or was put off. */
export function run(reason: Reason): Promise<void> {
  const time = Date.now();
  const until = AT_ONCE.includes(reason) ? blockedUntil : Math.max(blockedUntil, pausedUntil);
  if (pausedAt <= time && time < until) return Promise.resolve();
  if (underWay) {
    again = true;
    return underWay;
  }
  again = false;
  underWay = attempt().finally(() => {
    underWay = null;
    // What was added while the last request was out has not been seen by it.
    if (again && now.phase === "idle") void run("added");
  });
  return underWay;
}

async function attempt(): Promise<void> {
  clearTimeout(timer);
  become({ ...now, phase: "sending" });
  try {
    if (!(await drain((answer) => heard(answer)))) return become({ ...now, phase: "idle" });
    failures = 0;
    pausedUntil = 0;
    const lastSuccess = new Date();
    void remember(lastSuccess);
    become({ phase: "idle", online: true, lastSuccess });
  } catch (error) {
    putOff(error);
  }
}

// Only shown on screen: without room, or when the power fails, an older time stands there.
const remember = (time: Date): Promise<unknown> =>
  write(
    ["meta"],
    (transaction) => transaction.objectStore("meta").put(time.getTime(), "last success"),
    "relaxed",
  ).catch(() => undefined);

function putOff(error: unknown): void {
  const known = error instanceof ApiError ? error : null;
  failures += 1;
  let wait = pause(failures);
  pausedAt = Date.now();
  blockedUntil = 0;
  if (known?.retryAfter !== undefined) {
    const asked = Math.min(LONGEST, known.retryAfter * 1_000);
    // Many may have been asked to wait equally long: on top of it each waits its own while.
    wait += asked;
    blockedUntil = pausedAt + asked;
  }
  pausedUntil = pausedAt + wait;
  timer = setTimeout(() => void run("retry"), wait);
  const problem = known?.kind ?? "strange";
  const online = problem !== "offline" && problem !== "strange";
  become({ ...now, phase: "waiting", online, problem });
}

/** Sends by itself from now on: at once, when the network returns, when seen, each minute while seen. */
export function start(): void {
  void readMeta<number>("last success").then((time) => {
    if (time && !now.lastSuccess) become({ ...now, lastSuccess: new Date(time) });
  });
  const visible = () => document.visibilityState === "visible";
  outbox.onAdded(() => {
    void background.ask();
    void run("added");
  });
  addEventListener("online", () => {
    // The first try often comes a moment too early; what failed without network says nothing now.
    failures = 0;
    void run("online");
  });
  addEventListener("offline", () => become({ ...now, online: false }));
  document.addEventListener("visibilitychange", () => {
    if (visible()) void run("visible");
  });
  setInterval(() => {
    if (visible()) void run("timer");
  }, EVERY);
  void run("start");
}
