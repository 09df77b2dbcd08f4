import { describe, expect, it } from "vitest";
import { isTyping, move, wishOf } from "./keys";

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe("a key", () => {
  it("asks for what the help says", () => {
    expect(["j", "k", "o", "b", "?"].map((key) => wishOf(press(key), false))).toEqual([
      "next",
      "previous",
      "open",
      "answer",
      "help",
    ]);
  });

  it("also works with caps lock on", () => {
    expect(wishOf(press("J"), false)).toBe("next");
  });

  it("stays silent while somebody types", () => {
    expect(wishOf(press("j"), true)).toBeNull();
    expect(wishOf(press("j", { isComposing: true }), false)).toBeNull();
  });

  it("leaves the browser its own keys", () => {
    expect(wishOf(press("k", { ctrlKey: true }), false)).toBeNull();
    expect(wishOf(press("o", { metaKey: true }), false)).toBeNull();
    expect(wishOf(press("Tab"), false)).toBeNull();
  });

  it("counts fields, choices and lists as typing", () => {
    expect(["INPUT", "TEXTAREA", "SELECT"].map((tagName) => isTyping({ tagName }))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isTyping({ tagName: "A" })).toBe(false);
    expect(isTyping({ tagName: "DIV", isContentEditable: true })).toBe(true);
  });
});

describe("moving through the list", () => {
  const ids = ["a", "b", "c"];

  it("goes one further and one back", () => {
    expect(move(ids, "a", "next")).toBe("b");
    expect(move(ids, "c", "previous")).toBe("b");
  });

  it("stops at both ends", () => {
    expect(move(ids, "c", "next")).toBe("c");
    expect(move(ids, "a", "previous")).toBe("a");
  });

  it("starts at the top when nothing is chosen, or when the chosen one has left the list", () => {
    expect(move(ids, null, "next")).toBe("a");
    expect(move(ids, "gone", "next")).toBe("a");
    expect(move(ids, null, "previous")).toBe("c");
  });

  it("does nothing in an empty list", () => {
    expect(move([], null, "next")).toBeNull();
  });
});
