/** Builds the simulated phones into a folder: node phones/build.mjs FOLDER */
import { readFileSync } from "node:fs";
import { build } from "vite";

const outDir = process.argv[2];
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const shared = {
  configFile: false,
  publicDir: false,
  logLevel: "warn",
  define: {
    __APP_VERSION__: JSON.stringify(version),
    __PRECACHE__: "[]",
    __SHELL_VERSION__: JSON.stringify("faults"),
  },
};
// Readable, so that a test can break one line of a copy on purpose.
const plain = { target: "es2022", outDir, emptyOutDir: false, minify: false };
const script = (entry, name) =>
  build({
    ...shared,
    build: {
      ...plain,
      lib: { entry, formats: ["iife"], name, fileName: () => `${name}.js` },
      rolldownOptions: { external: ["crypto"] },
    },
  });

await script("phones/app.ts", "app");
await script("src/sw.ts", "worker");
await build({
  ...shared,
  build: {
    ...plain,
    ssr: "phones/host.ts",
    rolldownOptions: { output: { entryFileNames: "host.mjs" } },
  },
  ssr: { noExternal: true },
});
