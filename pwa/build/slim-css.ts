import type { Plugin } from "vite";

const DECLARATION = /(?<=[{;])(--[\w-]+):((?:"[^"]*"|'[^']*'|[^;{}"'])*)(?:;|(?=\}))/g;
const DATA_URL = /url\((?:"(data:(?:[^"\\]|\\.)*)"|'(data:(?:[^'\\]|\\.)*)'|(data:[^)]*))\)/g;

/**
 * Drops the design tokens nobody uses and turns `data:` pictures into files, because the example
 * theme is 200 kB and the content security policy allows pictures of our own only.
 */
export function slimCss(): Plugin {
  return {
    name: "slim-css",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const sheets = Object.values(bundle).flatMap((file) =>
        file.type === "asset" && file.fileName.endsWith(".css") ? [file] : [],
      );
      for (const sheet of sheets) {
        sheet.source = String(sheet.source).replace(DATA_URL, (_all, a, b, c) => {
          const picture = dataUrl(a ?? b ?? c);
          const file = this.emitFile({ type: "asset", name: "picture.svg", source: picture });
          return `url(/${this.getFileName(file)})`;
        });
      }
      const scripts = Object.values(bundle).flatMap((file) =>
        file.type === "chunk" ? (file.code.match(/--[\w-]+/g) ?? []) : [],
      );
      const used = usedTokens(sheets.map((sheet) => String(sheet.source)).join("\n"), scripts);
      for (const sheet of sheets) sheet.source = dropUnused(String(sheet.source), used);
    },
  };
}

function dataUrl(url: string): string {
  const [head = "", ...rest] = url.replace(/\\(.)/g, "$1").slice("data:".length).split(",");
  const body = rest.join(",");
  return head.endsWith(";base64") ? atob(body) : decodeURIComponent(body);
}

/** The names that a rule, a script or another used token refers to. */
export function usedTokens(css: string, seeds: string[]): Set<string> {
  const refers = new Map<string, string[]>();
  const rest = css.replace(DECLARATION, (_all, name: string, value: string) => {
    refers.set(name, [...(refers.get(name) ?? []), ...references(value)]);
    return "";
  });
  const used = new Set<string>();
  const queue = [...seeds, ...references(rest)];
  for (let name = queue.pop(); name; name = queue.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    queue.push(...(refers.get(name) ?? []));
  }
  return used;
}

export function dropUnused(css: string, used: Set<string>): string {
  return css
    .replace(DECLARATION, (all, name: string) => (used.has(name) ? all : ""))
    .replace(/(?<=^|[{}])[^{};@]+\{\}/g, "");
}

function references(css: string): string[] {
  return [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1] as string);
}
