/** A phone for tests: a store in memory, a lock, and no network unless a test gives one. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import { fakeLocks } from "./locks";

const Channel = globalThis.BroadcastChannel;
const start = globalThis.setTimeout;
// Files share a process, and with it all that its tabs tell each other.
const file = crypto.randomUUID();
const started = new Set<ReturnType<typeof start>>();

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("navigator", { locks: fakeLocks() });
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network in this test")));
  const ownChannel = class extends Channel {
    constructor(name: string) {
      super(`${name} ${file}`);
    }
  };
  vi.stubGlobal("BroadcastChannel", ownChannel);
  // Who tries again later would do so in the next test, with the network of that one.
  vi.stubGlobal("setTimeout", (...what: Parameters<typeof start>) => {
    const timer = start(...what);
    started.add(timer);
    return timer;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  for (const timer of started) clearTimeout(timer);
  started.clear();
});
