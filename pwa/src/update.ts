/** A newer version of the app waits until somebody agrees to it. */
import { listen, tellTab } from "./listeners";

const HOUR = 3_600_000;
const SENDING_CHECK = 500;

let worker: ServiceWorker | null = null;
let agreed = false;
let lastLook = Date.now();

export const onChange = (fn: () => void) => listen("update", fn);
/** Whether a newer version is ready to take over. */
export const waiting = (): boolean => worker !== null;

/** Registers the service worker and watches for the next one. */
export async function start(url: string | TrustedScriptURL): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // Another tab may have agreed; this one goes on with the files it has.
    if (agreed) location.reload();
  });
  const registration = await navigator.serviceWorker.register(url as string, {
    updateViaCache: "none",
  });
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && navigator.serviceWorker.controller) offer(fresh);
    });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - lastLook < HOUR) return;
    lastLook = Date.now();
    // Without network there is nothing newer to find.
    registration.update().catch(() => undefined);
  });
}

function offer(fresh: ServiceWorker | null): void {
  if (!fresh) return;
  worker = fresh;
  tellTab("update");
}

/** Somebody agreed: takes over as soon as nothing is being sent. Call only when no form is dirty. */
export async function apply(isSending: () => boolean): Promise<void> {
  if (!worker) return;
  while (isSending()) await new Promise((resolve) => setTimeout(resolve, SENDING_CHECK));
  agreed = true;
  worker.postMessage("skip-waiting");
}
