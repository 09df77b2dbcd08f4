import { defineConfig } from "vitest/config";
import { precache } from "./build/precache";
import { slimCss } from "./build/slim-css";
import { version } from "./package.json";

export default defineConfig({
  plugins: [slimCss(), precache()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { setupFiles: ["src/testing/setup.ts"], restoreMocks: true },
});
