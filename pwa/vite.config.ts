import { defineConfig } from "vitest/config";
import { news } from "./build/news.ts";
import { precache } from "./build/precache.ts";
import { slimCss } from "./build/slim-css.ts";
import manifest from "./package.json" with { type: "json" };

// What the first screen is drawn without comes after it, in a chunk of its own.
const WORK =
  "areas|backoff|background|badge|drain|mine|news|outbox|persist|push|round|start|sync|update";
// What the first screen is made of is one file: each more is a moment's wait on a slow phone.
const PARTS = "AlarmBar|AppNav|Button|CallRow|Dock|Dots|Fold|Icon|Notice|Page|Tick|places";
const CORE = new RegExp(
  `/src/(?!seal|(?:${WORK})\\.ts$)[\\w-]+\\.ts$|/src/parts/(?:${PARTS})\\.tsx?$|/src/pages/(?:use|names|behind|settings/mode|card/Dos)\\.tsx?$|/(preact|idb)/|preload-helper`,
);

export default defineConfig({
  plugins: [slimCss(), news(), precache()],
  define: { __APP_VERSION__: JSON.stringify(manifest.version) },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // @hpke/core asks Node for this where there is no Web Crypto, which is nowhere we run.
      external: ["crypto"],
      output: {
        codeSplitting: {
          groups: [
            { name: "core", test: CORE, priority: 1 },
            { name: "work", test: new RegExp(`/src/(${WORK})\\.ts$|/d3-polygon/`) },
          ],
        },
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  // The server takes writes from its own origin only.
  server: {
    proxy: {
      "/api": {
        target: "http://localhost:8000",
        changeOrigin: true,
        headers: { Origin: "http://localhost:8000" },
      },
    },
  },
  test: {
    // A new context for each file is as clean as a new process, in half the time. Threads would hear
    // what the tabs of other files tell.
    pool: "vmForks",
    testTimeout: 20_000,
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
  },
});
