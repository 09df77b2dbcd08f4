import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin } from "vite";

// Icons are fetched by the system and the desk works with the network only, so neither is kept.
const NOT_KEPT = [/^icons\//, /\.map$/, /^sw\.js$/, /^licences\.txt$/];

const LICENCES = [
  "preact/LICENSE",
  "idb/LICENSE",
  "@hpke/core/LICENSE",
  "cytoscape/LICENSE",
  "d3-array/LICENSE",
  "d3-geo/LICENSE",
  "d3-polygon/LICENSE",
  "minisearch/LICENSE.txt",
  "@fontsource-variable/noto-sans/LICENSE",
  "@fontsource-variable/noto-serif/LICENSE",
];

/** Builds the service worker with the list of the shell's files and a hash over them. */
export function precache(): Plugin {
  const desk = new Set<string>();
  let outDir = "dist";
  return {
    name: "precache",
    apply: "build",
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    generateBundle(_options, bundle) {
      for (const file of onlyForDesk(Object.values(bundle))) desk.add(file);
      const texts = LICENCES.map(
        (file) =>
          `${file.replace(/\/LICENSE.*/, "")}\n\n${readFileSync(`node_modules/${file}`, "utf8")}`,
      );
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join("\n\n") });
    },
    async writeBundle() {
      const files = shellFiles(outDir).filter((file) => !desk.has(file));
      await buildWorker(outDir, files);
    },
  };
}

interface Chunk {
  type: "chunk" | "asset";
  fileName: string;
  isEntry?: boolean;
  facadeModuleId?: string | null;
  imports?: string[];
  dynamicImports?: string[];
  viteMetadata?: { importedCss: Set<string> } | undefined;
}

/** The files that no reporter's screen leads to: the desk's chunks and what only they share or fetch. */
export function onlyForDesk(bundle: readonly Chunk[]): string[] {
  const chunks = new Map(bundle.filter(({ type }) => type === "chunk").map((c) => [c.fileName, c]));
  const kept = new Set<Chunk>();
  const walk = (chunk: Chunk | undefined): void => {
    if (!chunk || kept.has(chunk) || chunk.facadeModuleId?.includes("/pages/desk/")) return;
    kept.add(chunk);
    for (const file of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) {
      walk(chunks.get(file));
    }
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) walk(chunk);
  const styles = (chunk: Chunk) => [...(chunk.viteMetadata?.importedCss ?? [])];
  const shared = new Set([...kept].flatMap(styles));
  return [...chunks.values()]
    .filter((chunk) => !kept.has(chunk))
    .flatMap((chunk) => [chunk.fileName, ...styles(chunk)])
    .filter((file) => !shared.has(file));
}

function shellFiles(outDir: string): string[] {
  return readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(outDir, join(entry.parentPath, entry.name)))
    .filter((file) => !NOT_KEPT.some((pattern) => pattern.test(file)))
    .sort();
}

async function buildWorker(outDir: string, files: string[]): Promise<void> {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(file);
    hash.update(readFileSync(join(outDir, file)));
  }
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  await build({
    configFile: false,
    logLevel: "warn",
    define: {
      __APP_VERSION__: JSON.stringify(version),
      __PRECACHE__: JSON.stringify(files.map((file) => `/${file}`)),
      __SHELL_VERSION__: JSON.stringify(hash.digest("hex").slice(0, 12)),
    },
    build: {
      target: "es2022",
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: { entry: "src/sw.ts", formats: ["iife"], name: "sw", fileName: () => "sw.js" },
    },
  });
}
