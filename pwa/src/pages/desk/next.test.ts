import { describe, expect, it } from "vitest";
import { nextAfter } from "./next";

const item = (id: string, more: object = {}) => ({
  id,
  state: "new" as const,
  answered: false,
  new_addition: false,
  waiting: false,
  nobody: false,
  own: false,
  withdrawal: false,
  ...more,
});

describe("the next report", () => {
  it("is the first one after this that asks for something", () => {
    const items = [
      item("a"),
      item("b"),
      item("answered", { state: "in_progress", answered: true }),
      item("waiting", { state: "in_progress", waiting: true }),
      item("own", { own: true }),
      item("closed", { state: "closed" }),
      item("c"),
    ];
    expect(nextAfter(items, "b")).toBe("c");
  });

  it("is one further up when there is nothing below", () => {
    expect(nextAfter([item("a"), item("b"), item("c")], "c")).toBe("a");
  });

  it("is one that was answered and got an addition or a wish to take it back", () => {
    const added = item("b", { state: "in_progress", answered: true, new_addition: true });
    expect(nextAfter([item("a"), added], "a")).toBe("b");
    const wanted = item("b", { state: "in_progress", answered: true, withdrawal: true });
    expect(nextAfter([item("a"), wanted], "a")).toBe("b");
  });

  it("is one without anybody to answer, as long as it is open", () => {
    expect(nextAfter([item("a"), item("b", { state: "read", nobody: true })], "a")).toBe("b");
  });

  it("is nothing when all is done", () => {
    expect(nextAfter([item("a")], "a")).toBeNull();
    expect(nextAfter([], "a")).toBeNull();
  });
});
