/** Workbox's queue as its documentation sets it up; `?plugin=5xx` adds its answer to 5xx. */
import { BackgroundSyncPlugin } from "workbox-background-sync";
import { registerRoute } from "workbox-routing";
import { NetworkOnly } from "workbox-strategies";

declare const self: ServiceWorkerGlobalScope & typeof globalThis;

const kept = new BackgroundSyncPlugin("items", { maxRetentionTime: 24 * 60 });
const failing = {
  async fetchDidSucceed({ response }: { response: Response }) {
    if (response.status >= 500) throw new Error("Server error.");
    return response;
  },
};
const plugins =
  new URL(self.location.href).searchParams.get("plugin") === "5xx" ? [failing, kept] : [kept];

registerRoute(({ url }) => url.pathname === "/items", new NetworkOnly({ plugins }), "POST");
self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(self.clients.claim()));
