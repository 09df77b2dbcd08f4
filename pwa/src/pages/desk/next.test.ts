import { describe, expect, it } from "vitest";
import { nextAfter } from "./next";

const item = (id: string, more: object = {}) => ({
  id,
  desk: "sociaal" as const,
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
    expect(nextAfter(items, "b", "sociaal")).toBe("c");
  });

  it("is one further up when there is nothing below", () => {
    expect(nextAfter([item("a"), item("b"), item("c")], "c", "sociaal")).toBe("a");
  });

  it("is one that was answered and got an addition or a wish to take it back", () => {
    const added = item("b", { state: "in_progress", answered: true, new_addition: true });
    expect(nextAfter([item("a"), added], "a", "sociaal")).toBe("b");
    const wanted = item("b", { state: "in_progress", answered: true, withdrawal: true });
    expect(nextAfter([item("a"), wanted], "a", "sociaal")).toBe("b");
  });

  it("is one without anybody to answer, as long as it is open", () => {
    expect(nextAfter([item("a"), item("b", { state: "read", nobody: true })], "a", "sociaal")).toBe(
      "b",
    );
  });

  it("is one of the own desk", () => {
    expect(nextAfter([item("a"), item("b")], "a", "veiligheid")).toBeNull();
  });

  it("is nothing when all is done", () => {
    expect(nextAfter([item("a")], "a", "sociaal")).toBeNull();
    expect(nextAfter([], "a", "sociaal")).toBeNull();
  });
});
