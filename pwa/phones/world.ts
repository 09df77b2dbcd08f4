/** What a browser has around the app, one for each life of a phone: it ends when the phone dies. */
import * as idb from "fake-indexeddb";
import { fakeLocks } from "../src/testing/locks";

/** So many times faster than on a real phone do its waits go by, and its time limits. */
const PACE = 10;
const LIMIT = 5;

type Handler = (event: Record<string, unknown>) => void;
type Listener = ((event: { data: unknown }) => void) | null;
type Send = (path: string, init: RequestInit) => Promise<Response>;

/** The app and its worker have these names around them, and no others that reach outside. */
export const NAMES = [
  "indexedDB",
  "navigator",
  "fetch",
  "document",
  "self",
  "caches",
  "location",
  "addEventListener",
  "BroadcastChannel",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "AbortSignal",
  "Date",
  ...Object.keys(idb).filter((name) => name.startsWith("IDB")),
] as const;

const never = new Promise<never>(() => undefined);

export class World {
  private ended = new AbortController();
  private handlers = new Map<string, Handler[]>();
  private channels = new Set<{ onmessage: Listener }>();
  private open = new Set<IDBDatabase>();
  private locks = fakeLocks();
  /** The code of the worker, once it is there; the app's requests pass it. */
  private worker = new Map<string, Handler>();

  constructor(
    private store: IDBFactory,
    private send: Send,
    private shift: () => number,
    private resting: () => boolean,
  ) {}

  get dead(): boolean {
    return this.ended.signal.aborted;
  }

  /** The phone dies: nothing that was under way comes to an end, and only the store remains. */
  end(): void {
    this.ended.abort();
    for (const database of this.open) database.close();
    this.channels.clear();
  }

  /** Something happens to the app, such as that the network returns. */
  happen(kind: string): void {
    for (const handler of this.handlers.get(kind) ?? []) handler({});
  }

  /** The values for NAMES. */
  around(inWorker: boolean): unknown[] {
    const values: Record<string, unknown> = {
      ...idb,
      indexedDB: this.storage(),
      navigator: { locks: this.locks, onLine: true, serviceWorker: this.registrations() },
      fetch: (path: string, init: RequestInit) => this.fetch(path, init, inWorker),
      document: { visibilityState: "visible", addEventListener: () => undefined },
      self: this.scope(),
      caches: {
        open: async () => ({ match: async () => undefined }),
        match: async () => undefined,
      },
      location: { origin: "http://localhost" },
      addEventListener: (kind: string, handler: Handler) =>
        this.handlers.set(kind, [...(this.handlers.get(kind) ?? []), handler]),
      BroadcastChannel: this.channel(),
      setTimeout: (work: () => void, wait = 0) =>
        setTimeout(() => this.dead || work(), wait / PACE),
      clearTimeout,
      setInterval: (work: () => void, wait: number) => this.repeat(work, wait / PACE),
      AbortSignal: { timeout: (wait: number) => AbortSignal.timeout(this.limit(wait)) },
      Date: this.clock(),
    };
    return NAMES.map((name) => values[name]);
  }

  private limit(wait: number): number {
    return this.resting() ? wait : Math.ceil(wait / LIMIT);
  }

  private repeat(work: () => void, wait: number): void {
    const timer = setInterval(() => (this.dead ? clearInterval(timer) : work()), wait);
  }

  private storage() {
    const { store, open } = this;
    return {
      open: (name: string, version?: number) => {
        // A dead phone waits for ever; nothing in it fails.
        if (this.dead) return new (idb.IDBOpenDBRequest as unknown as new () => object)();
        const request = store.open(name, version);
        request.addEventListener("success", () => {
          open.add(request.result);
          if (this.dead) request.result.close();
        });
        return request;
      },
    };
  }

  private channel() {
    const { channels } = this;
    return class {
      onmessage: Listener = null;
      constructor() {
        channels.add(this);
      }
      postMessage(data: unknown): void {
        for (const other of channels) if (other !== this) other.onmessage?.({ data });
      }
    };
  }

  private clock() {
    const { shift } = this;
    return class extends Date {
      constructor(value?: number | string) {
        if (value === undefined) super(Date.now() + shift());
        else super(value);
      }
      static override now(): number {
        return Date.now() + shift();
      }
    };
  }

  private scope() {
    return {
      location: { origin: "http://localhost" },
      addEventListener: (kind: string, handler: Handler) => this.worker.set(kind, handler),
    };
  }

  /** The system wakes the worker when something waits. */
  private registrations() {
    const wake = () => this.worker.get("sync")?.({ tag: "outbox", waitUntil: quiet });
    const sync = { register: async () => void setTimeout(() => this.dead || wake(), 20) };
    return { getRegistration: async () => ({ sync }) };
  }

  private async fetch(path: string, init: RequestInit, inWorker: boolean): Promise<Response> {
    if (this.dead) return never;
    const answered = inWorker ? undefined : this.throughWorker(path, init);
    const signals = [this.ended.signal, ...(init.signal ? [init.signal] : [])];
    try {
      return await (answered ?? this.send(path, { ...init, signal: AbortSignal.any(signals) }));
    } catch (error) {
      if (this.dead) return never;
      throw error;
    }
  }

  private throughWorker(path: string, init: RequestInit): Promise<Response> | undefined {
    const { method = "GET", headers = {}, body = null } = init;
    const request = new Request(new URL(path, "http://localhost"), { method, headers, body });
    let answer: Promise<Response> | undefined;
    const respondWith = (given: Promise<Response>) => {
      answer = given;
    };
    this.worker.get("fetch")?.({ request, respondWith, waitUntil: quiet });
    return answer;
  }
}

/** What fails in the background fails there. */
function quiet(work: Promise<unknown>): void {
  void work.catch(() => undefined);
}
