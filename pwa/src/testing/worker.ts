/** What a service worker has around it, as far as ours uses it. */
import { vi } from "vitest";

type Handler = (event: Record<string, unknown>) => void;

const ORIGIN = "https://signaalkaart.example";

export class FakeCache {
  kept = new Map<string, Response>();
  asked: Request[] = [];

  async addAll(requests: Request[]): Promise<void> {
    this.asked.push(...requests);
    for (const request of requests) this.kept.set(path(request), new Response(path(request)));
  }
  async put(name: string, response: Response): Promise<void> {
    this.kept.set(path(name), response);
  }
  async match(request: Request | string): Promise<Response | undefined> {
    return this.kept.get(path(request))?.clone();
  }
}

const path = (request: Request | string) =>
  new URL(typeof request === "string" ? request : request.url, ORIGIN).pathname;

/** A request as a page makes it; Node has no navigations, so the mode is set by hand. */
export function pageRequest(url: string, init: { method?: string; mode?: string } = {}): Request {
  const request = new Request(new URL(url, ORIGIN), { method: init.method ?? "GET" });
  return Object.defineProperty(request, "mode", { value: init.mode ?? "no-cors" });
}

/** With the stores of another one it is a later worker in the same browser. */
export function fakeWorker(
  version: string,
  files: string[],
  stores: Map<string, FakeCache> = new Map(),
) {
  const handlers = new Map<string, Handler>();
  const caches = {
    stores,
    async open(name: string) {
      const cache = stores.get(name) ?? new FakeCache();
      stores.set(name, cache);
      return cache;
    },
    has: async (name: string) => stores.has(name),
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    async match(request: Request) {
      for (const cache of stores.values()) {
        const found = await cache.match(request);
        if (found) return found;
      }
      return undefined;
    },
  };
  const scope = {
    location: { origin: ORIGIN },
    addEventListener: (kind: string, handler: Handler) => handlers.set(kind, handler),
    skipWaiting: vi.fn(async () => undefined),
    clients: {
      claim: vi.fn(async () => undefined),
      matchAll: vi.fn(async (): Promise<unknown[]> => []),
      openWindow: vi.fn(async (_url: string) => null),
    },
    registration: {
      showNotification: vi.fn(
        async (_title: string, _options: Record<string, unknown>) => undefined,
      ),
      pushManager: { subscribe: vi.fn(async (_options: unknown) => ({ toJSON: () => ({}) })) },
    },
  };
  vi.stubGlobal("self", scope);
  vi.stubGlobal("caches", caches);
  vi.stubGlobal("__PRECACHE__", files);
  vi.stubGlobal("__SHELL_VERSION__", version);
  vi.stubGlobal(
    "Request",
    class extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(typeof input === "string" ? new URL(input, ORIGIN) : input, init);
      }
    },
  );

  /** Has the event happen; answers with what it responded, after all it waited for. */
  async function dispatch(kind: string, event: Record<string, unknown> = {}) {
    const waits: Promise<unknown>[] = [];
    let response: Promise<Response> | undefined;
    handlers.get(kind)?.({
      ...event,
      waitUntil: (work: Promise<unknown>) => void waits.push(work),
      respondWith: (answer: Promise<Response>) => {
        response = answer;
      },
    });
    await Promise.all(waits);
    return response;
  }
  return { scope, caches, dispatch };
}
