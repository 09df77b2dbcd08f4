import { beforeEach, describe, expect, it, vi } from "vitest";
import { markRead, quarterText, unread } from "./notes";

const answer = (...quarters: string[]) => {
  const items = quarters.map((quarter) => ({ id: quarter, quarter }));
  const asked = vi.fn(async () => Response.json({ items }));
  vi.stubGlobal("fetch", asked);
  return asked;
};

describe("the letter about a quarter", () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
  });

  it("is new until it was read here, and the server is asked once a day", async () => {
    const asked = answer("2026-Q4", "2026-Q3");
    expect(await unread()).toBe("2026-Q4");
    expect(await unread()).toBe("2026-Q4");
    expect(asked).toHaveBeenCalledTimes(1);
    markRead("2026-Q4");
    expect(await unread()).toBe("");
  });

  it("is new again when there is a newer one the next day", async () => {
    answer("2026-Q4");
    await unread();
    markRead("2026-Q4");
    vi.useFakeTimers({ now: Date.now() + 86_400_000 });
    answer("2027-Q1", "2026-Q4");
    expect(await unread()).toBe("2027-Q1");
    vi.useRealTimers();
  });

  it("is not there without a network, and then asked again", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    await expect(unread()).rejects.toThrow();
    answer("2026-Q4");
    expect(await unread()).toBe("2026-Q4");
  });

  it("is called by its quarter", () => {
    expect(quarterText("2026-Q4")).toBe("4e kwartaal van 2026");
  });
});
