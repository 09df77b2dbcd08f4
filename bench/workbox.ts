/** The same items with Workbox: a page that posts each, and a worker that keeps what fails. */
import { PLAIN, TEXT } from "./report";
import { offer } from "./saved";

async function start(plugin: string): Promise<void> {
  const { serviceWorker } = navigator;
  await serviceWorker.register(`./workbox-worker.js?plugin=${plugin}`);
  if (serviceWorker.controller) return;
  const taken = new Promise((done) =>
    serviceWorker.addEventListener("controllerchange", done, { once: true }),
  );
  // A worker that is active already, as after the browser was killed, does not become so again.
  (await serviceWorker.ready).active?.postMessage("claim");
  await taken;
}

async function queued(): Promise<number> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === "workbox-background-sync")) return 0;
  const db = await new Promise<IDBDatabase>((done, fail) => {
    const asked = indexedDB.open("workbox-background-sync");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  try {
    if (!db.objectStoreNames.contains("requests")) return 0;
    return await new Promise<number>((done, fail) => {
      const asked = db.transaction("requests").objectStore("requests").count();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  } finally {
    // An open one would keep the worker from changing it.
    db.close();
  }
}

offer(
  {
    // A page cannot tell a request that was kept from one that was not: both are network errors.
    keep: async (id) => {
      const answer = await fetch("/items", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id, ...PLAIN, ...TEXT }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
    },
    again: async () => undefined,
    waiting: async () => (await queued()) || null,
  },
  start,
);
