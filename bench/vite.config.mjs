import manifest from "../pwa/package.json" with { type: "json" };

// The app's own modules, built as the app builds them.
export default {
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  logLevel: "warn",
  define: { __APP_VERSION__: JSON.stringify(manifest.version) },
  build: {
    target: "es2022",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { external: ["crypto"], input: ["phone.html", "peer.html", "kept.html", "rxdb.html", "workbox.html"] },
  },
};
