import { describe, expect, it, vi } from "vitest";
import { ApiError } from "../../request";
import { running } from "../../testing/hooks";
import { useFetched } from "./useFetched";

const offline = () => Promise.reject(new ApiError("offline"));

describe("what is fetched for a screen", () => {
  it("says what went wrong, and no longer once it works", async () => {
    const answers = [offline, async () => 1];
    const screen = running(() => useFetched(() => (answers.shift() ?? offline)()));
    await vi.waitFor(() => expect(screen.now.problem).toBe("Geen bereik. Probeer het zo weer."));
    await screen.now.refresh();
    await vi.waitFor(() => expect(screen.now).toMatchObject({ value: 1, problem: "" }));
  });

  it("stays in sight when fetching it again fails", async () => {
    const answers = [async () => 1];
    const screen = running(() => useFetched(() => (answers.shift() ?? offline)()));
    await vi.waitFor(() => expect(screen.now.value).toBe(1));
    await screen.now.refresh();
    await vi.waitFor(() => expect(screen.now.problem).not.toBe(""));
    expect(screen.now.value).toBe(1);
  });

  it("is what was asked for last, also when the answer before that comes later", async () => {
    let first: (value: string) => void = () => undefined;
    let key = "first";
    const slow = new Promise<string>((resolve) => {
      first = resolve;
    });
    const asked: string[] = [];
    const fetch = () => {
      asked.push(key);
      return key === "first" ? slow : Promise.resolve(key);
    };
    const screen = running(() => useFetched(fetch, key));
    await vi.waitFor(() => expect(asked).toEqual(["first"]));
    key = "second";
    screen.again();
    await vi.waitFor(() => expect(screen.now.value).toBe("second"));
    first("first");
    await slow;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.now.value).toBe("second");
  });

  it("may say it in a sentence of its own", async () => {
    const screen = running(() => useFetched(offline, "", () => "Dit is er niet meer."));
    await vi.waitFor(() => expect(screen.now.problem).toBe("Dit is er niet meer."));
  });
});
