import { describe, expect, it } from "vitest";
import { onlyForDesk } from "./precache.ts";

const chunk = (fileName: string, more: object = {}) => ({ type: "chunk" as const, fileName, ...more });
const desk = (fileName: string, more: object = {}) =>
  chunk(fileName, { facadeModuleId: `/src/pages/desk/${fileName}.tsx`, ...more });

describe("what a reporter's phone does not keep", () => {
  it("is the desk, and what only the desk shares or fetches", () => {
    const bundle = [
      chunk("index", { isEntry: true, imports: ["core"], dynamicImports: ["later", "Desk"] }),
      chunk("core"),
      chunk("later", { imports: ["Field"] }),
      chunk("Field"),
      desk("Desk", { imports: ["core", "Field", "day"], dynamicImports: ["Cases"] }),
      desk("Cases", { imports: ["day"], dynamicImports: ["network"] }),
      chunk("day"),
      chunk("network"),
    ];
    expect(onlyForDesk(bundle)).toEqual(["Desk", "Cases", "day", "network"]);
  });

  it("includes the style of the desk, but not a style that others wear as well", () => {
    const bundle = [
      chunk("index", {
        isEntry: true,
        dynamicImports: ["Desk"],
        viteMetadata: { importedCss: new Set(["all.css"]) },
      }),
      desk("Desk", { viteMetadata: { importedCss: new Set(["desk.css", "all.css"]) } }),
      { type: "asset" as const, fileName: "desk.css" },
    ];
    expect(onlyForDesk(bundle)).toEqual(["Desk", "desk.css"]);
  });
});
