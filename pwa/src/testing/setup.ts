/** A phone for tests: a store in memory, a lock, and no network unless a test gives one. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import { fakeLocks } from "./locks";

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("navigator", { locks: fakeLocks() });
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network in this test")));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
