/// <reference lib="webworker" />
/** The service worker: keeps the shell, shows a push, opens a page, sends what waits. */
import * as api from "./api";
import { TAG } from "./background";
import { fromBase64 } from "./base64";
import { drain } from "./drain";
import * as session from "./session";
import { PUSH, PUSH_OTHER } from "./words";

declare const self: ServiceWorkerGlobalScope;

interface SyncEvent extends ExtendableEvent {
  tag: string;
}

const PREFIX = "shell-";
const CURRENT = PREFIX + __SHELL_VERSION__;
const NOTE = "/taken-over";
const HOME = "/#/kaarten";
const CARD_PAGE = /^\/(?:papier\/|embed\/)?([a-z0-9-]+)$/;

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event.request));
});
self.addEventListener("message", (event) => {
  // Only after somebody agreed to the new version.
  if (event.data === "skip-waiting") event.waitUntil(self.skipWaiting());
});
self.addEventListener("push", (event) => {
  event.waitUntil(Promise.all([show(event.data), tellPages()]));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data));
});
self.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as SyncEvent;
  if (tag === TAG) waitUntil.call(event, send());
});
self.addEventListener("pushsubscriptionchange", (event) => {
  (event as ExtendableEvent).waitUntil(subscribeAgain());
});

async function keepShell(): Promise<void> {
  const isThere = await caches.has(CURRENT);
  const cache = await caches.open(CURRENT);
  try {
    await cache.addAll(__PRECACHE__.map((url) => new Request(url, { cache: "reload" })));
  } catch (error) {
    if (!isThere) await caches.delete(CURRENT);
    throw error;
  }
}

// A page that is still open may ask for files of the version before, so that one is kept too. What
// only waited to take over nobody ever ran, so it is noted which one did.
async function takeOver(): Promise<void> {
  const noted = await caches.open("taken-over");
  const before = await (await noted.match(NOTE))?.text();
  const shells = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  if (before !== CURRENT) {
    await noted.put(NOTE, new Response(CURRENT));
    // What came after this one may be on its way here still. Where a version that noted nothing
    // took over last, pages may run any of them.
    const earlier = shells.slice(0, shells.indexOf(CURRENT)).filter((name) => name !== before);
    if (before) await Promise.all(earlier.map((name) => caches.delete(name)));
  }
  await self.clients.claim();
}

// What is sent, what the server says, and what others serve is never ours to touch.
function isOurs(request: Request): boolean {
  const url = new URL(request.url);
  const isOwn = url.origin === self.location.origin;
  return request.method === "GET" && isOwn && !url.pathname.startsWith("/api/");
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CURRENT);
  if (request.mode !== "navigate") {
    const kept = (await cache.match(request)) ?? (await caches.match(request));
    return kept ?? fetch(request);
  }
  const shell = await cache.match("/index.html");
  const { pathname } = new URL(request.url);
  if (shell && (pathname === "/" || pathname === "/index.html")) return shell;
  try {
    return await fetch(request);
  } catch (error) {
    // A page of the server that shows one card: the app has that card too.
    const card = CARD_PAGE.exec(pathname)?.[1];
    if (shell && card) return Response.redirect(new URL(`/#/kaart/${card}`, request.url));
    if (shell) return shell;
    throw error;
  }
}

interface Push {
  kind: string;
  tag: string;
  url: string;
}

// Browsers end a subscription that stays silent, so something is shown whatever arrived.
async function show(data: PushMessageData | null): Promise<void> {
  const { kind, tag, url } = readPush(data);
  const { title, body } = PUSH[kind] ?? PUSH_OTHER;
  const options: NotificationOptions & { renotify: boolean } = {
    body,
    tag: tag || kind,
    // What takes the place of one that was not looked at yet is heard as well.
    renotify: true,
    lang: "nl",
    icon: "/icons/icon-192.png",
    data: { url: ownPath(url) },
  };
  await self.registration.showNotification(title, options);
}

// The notification only says that there is something; a page that is open fetches it at once.
async function tellPages(): Promise<void> {
  for (const page of await self.clients.matchAll({ type: "window" })) {
    page.postMessage({ news: true });
  }
}

function readPush(data: PushMessageData | null): Push {
  let said: Partial<Record<keyof Push, unknown>> | null = null;
  try {
    said = data?.json() ?? null;
  } catch {
    // Garbled on the way: the fixed sentence is shown.
  }
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { kind: text(said?.kind) || "other", tag: text(said?.tag), url: text(said?.url) };
}

/** Only pages of this app may be opened. */
function ownPath(url: unknown): string {
  return typeof url === "string" && url.startsWith("/#/") ? url : HOME;
}

async function openPage(data: unknown): Promise<void> {
  const path = ownPath((data as { url?: unknown } | null)?.url);
  const [open] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!open) {
    await self.clients.openWindow(path);
    return;
  }
  // First the page, then the window: some systems refuse to bring a window to the front.
  open.postMessage({ go: path });
  await open.focus();
}

// Fails when not all could be sent, so that the system tries again later.
async function send(): Promise<void> {
  await session.load();
  await drain();
}

async function subscribeAgain(): Promise<void> {
  await session.load();
  const key = session.pushKey();
  if (!key) return;
  const subscription = await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64(key),
  });
  await api.subscribe(subscription.toJSON());
}
