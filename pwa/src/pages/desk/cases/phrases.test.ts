import { describe, expect, it } from "vitest";
import type { Edge, Node } from "./cases";
import { moments, nodeName, standOn } from "./phrases";

const node = (id: string, since: string, until: string | null = null): Node => ({
  id,
  kind: "person",
  zone: "friends",
  letter: "B",
  since,
  until,
  name: null,
  role: "vriend",
  cases: [],
});
const edge: Edge = {
  id: "e",
  from_id: "a",
  to_id: "b",
  kind: "new",
  since: "2026-11-02",
  until: null,
  label: "kent",
};
const nodes = [node("a", "2026-11-01"), node("b", "2026-11-02", "2026-11-10")];

describe("the network over time", () => {
  it("shows what there was on a day, and no line to who is gone", () => {
    expect(standOn(nodes, [edge], "2026-11-01").nodes).toHaveLength(1);
    expect(standOn(nodes, [edge], "2026-11-05").edges).toEqual([edge]);
    expect(standOn(nodes, [edge], "2026-11-10").edges).toEqual([]);
  });

  it("stops at each day on which something changed, and today", () => {
    expect(moments(nodes, [edge], "2026-11-23")).toEqual([
      "2026-11-01",
      "2026-11-02",
      "2026-11-10",
      "2026-11-23",
    ]);
  });

  it("names nobody while names are covered", () => {
    expect(nodeName(node("a", "2026-11-01"))).toBe("vriend (B)");
    expect(nodeName({ ...node("a", "2026-11-01"), zone: "subject", letter: "A" })).toBe(
      "Jongere A",
    );
    expect(nodeName({ ...node("a", "2026-11-01"), name: "Zwiep" })).toBe("Zwiep");
  });
});
