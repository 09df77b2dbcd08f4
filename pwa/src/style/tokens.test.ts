import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("dark by the system and dark by choice are the same colours", () => {
  const dark = readFileSync("src/style/tokens-dark.css", "utf8");
  const blocks = [...dark.matchAll(/signaalkaart-theme[^{]*\{([^}]*--sk-page[^}]*)\}/g)];
  expect(blocks).toHaveLength(2);
  const [system, chosen] = blocks.map((block) => block[1]?.replace(/\s+/g, " "));
  expect(system).toBe(chosen);
});
