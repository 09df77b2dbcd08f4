import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Of one area only; the desk's own sheet and its parts are always there together. */
const AREA = /^src\/pages\/desk\/(?!desk\.css|style\/)/;

/** Every class that a rule of the sheet styles by itself, such as `.plain`. */
function ownNames(file: string): Set<string> {
  const rules = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const selectors = [...rules.matchAll(/([^{};]+)\{/g)].flatMap(([, list = ""]) => list.split(","));
  return new Set(selectors.map((one) => one.trim()).filter((one) => /^\.[\w-]+$/.test(one)));
}

test("a class of one desk area means nothing elsewhere, because its sheet stays loaded", () => {
  const sheets = readdirSync("src", { recursive: true, withFileTypes: true })
    .filter((one) => one.name.endsWith(".css"))
    .map((one) => `${one.parentPath}/${one.name}`)
    .map((file) => ({ file, names: ownNames(file) }));
  const twice = sheets
    .filter(({ file }) => AREA.test(file))
    .flatMap(({ file, names }) =>
      sheets
        .filter((other) => other.file !== file)
        .flatMap((other) => [...names].filter((name) => other.names.has(name)))
        .map((name) => `${name} in ${file}`),
    );
  expect(sheets.length).toBeGreaterThan(20);
  expect(twice).toEqual([]);
});
