// A service worker is one file with a name that stays.
export default {
  root: import.meta.dirname,
  publicDir: false,
  logLevel: "warn",
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    target: "es2022",
    emptyOutDir: false,
    lib: { entry: "workbox-worker.ts", formats: ["iife"], name: "worker", fileName: () => "workbox-worker.js" },
  },
};
