/** A phone for tests: a store in memory, a lock, and no network unless a test gives one. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import { fakeLocks } from "./locks";

const FILE = crypto.randomUUID();

/** Files of tests run in one process: what is told in one of them is not for the others. */
class OwnChannel extends BroadcastChannel {
  constructor(name: string) {
    super(`${name} ${FILE}`);
  }
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("navigator", { locks: fakeLocks() });
  vi.stubGlobal("BroadcastChannel", OwnChannel);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network in this test")));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
