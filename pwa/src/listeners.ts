/** Telling who wants to know, in this tab and in the others, that something changed. */

type Listener = () => void;

const REST = 100;

const topics = new Map<string, Set<Listener>>();
/** Topics that were told just now, and whether something changed since. */
const resting = new Map<string, boolean>();
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

/**
 * Tells everybody. What changes often is told at most ten times a second, the last time always:
 * a list that is drawn again for each of a thousand items would keep the phone busy.
 */
export function tell(topic: string): void {
  if (resting.has(topic)) {
    resting.set(topic, true);
    return;
  }
  resting.set(topic, false);
  setTimeout(() => {
    const missed = resting.get(topic);
    resting.delete(topic);
    if (missed) tell(topic);
  }, REST);
  tellTab(topic);
  tellOthers(topic);
}
