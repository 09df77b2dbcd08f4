import { describe, expect, it } from "vitest";
import { reasonsIn } from "./Nearby";

describe("why something is shown as near", () => {
  it("is said in words: place, time and what it is about", () => {
    expect(reasonsIn({ reasons: ["area", "concept"], days: 2, signals: 2 })).toBe(
      "Zelfde buurt, 2 dagen later, 2 signalen over hetzelfde",
    );
    expect(reasonsIn({ reasons: ["district"], days: -1, signals: 0 })).toBe(
      "Zelfde wijk, 1 dag eerder",
    );
    expect(reasonsIn({ reasons: ["concept"], days: 0, signals: 1 })).toBe(
      "Elders, zelfde dag, 1 signaal over hetzelfde",
    );
  });
});
