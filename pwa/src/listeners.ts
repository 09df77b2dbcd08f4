/** Telling who wants to know, in this tab and in the others, that something changed. */

type Listener = () => void;

const topics = new Map<string, Set<Listener>>();
let channel: BroadcastChannel | null = null;

function connect(): BroadcastChannel | null {
  if (channel || typeof BroadcastChannel === "undefined") return channel;
  channel = new BroadcastChannel("signaalkaart");
  channel.onmessage = (event: MessageEvent<unknown>) => tellHere(String(event.data));
  // Under Node an open channel would keep the process alive.
  (channel as { unref?: () => void }).unref?.();
  return channel;
}

function tellHere(topic: string): void {
  for (const listener of [...(topics.get(topic) ?? [])]) listener();
}

/** Calls `listener` at each change of the topic; the answer ends it. */
export function listen(topic: string, listener: Listener): () => void {
  connect();
  const listeners = topics.get(topic) ?? new Set();
  topics.set(topic, listeners.add(listener));
  return () => listeners.delete(listener);
}

/** Tells this tab only. */
export function tellTab(topic: string): void {
  tellHere(topic);
}

/** Tells every other tab, and the service worker. */
export function tellOthers(topic: string): void {
  connect()?.postMessage(topic);
}

export function tell(topic: string): void {
  tellTab(topic);
  tellOthers(topic);
}
