import { describe, expect, test } from "vitest";
import { dropUnused, usedTokens } from "./slim-css.ts";

const slim = (css: string, seeds: string[] = []) => dropUnused(css, usedTokens(css, seeds));

describe("design tokens", () => {
  test("that nobody uses are dropped, also when only another unused one refers to them", () => {
    const css = ".theme{--a:1;--b:var(--a);--c:2}.x{color:var(--c)}";
    expect(slim(css)).toBe(".theme{--c:2}.x{color:var(--c)}");
  });

  test("that are used through others, in fallbacks or by scripts stay", () => {
    const css = ".theme{--a:1;--b:var(--a);--c:2;--d:3}.x{color:var(--z,var(--b))}";
    expect(slim(css, ["--d"])).toBe(".theme{--a:1;--b:var(--a);--d:3}.x{color:var(--z,var(--b))}");
  });

  test("are not confused with class names that have two dashes", () => {
    const css = "@media print{.button--wide:hover{color:red}}.a{--x:1}";
    expect(slim(css)).toBe("@media print{.button--wide:hover{color:red}}");
  });

  test("with a semicolon in a string go as a whole", () => {
    expect(slim('.a{--x:"a;b}";color:red}')).toBe(".a{color:red}");
  });
});
