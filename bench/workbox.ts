/** The same items with Workbox: a page that posts each, and a worker that keeps what fails. */
import { PLAIN, TEXT } from "./report";
import { offer } from "./saved";

async function start(plugin: string): Promise<void> {
  await navigator.serviceWorker.register(`./workbox-worker.js?plugin=${plugin}`);
  if (navigator.serviceWorker.controller) return;
  await new Promise((done) => {
    navigator.serviceWorker.addEventListener("controllerchange", done, { once: true });
  });
}

async function queued(): Promise<number> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === "workbox-background-sync")) return 0;
  const db = await new Promise<IDBDatabase>((done, fail) => {
    const asked = indexedDB.open("workbox-background-sync");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  if (!db.objectStoreNames.contains("requests")) return 0;
  const count = await new Promise<number>((done, fail) => {
    const asked = db.transaction("requests").objectStore("requests").count();
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  db.close();
  return count;
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
