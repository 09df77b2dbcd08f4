/** Web Locks, which Node 20 does not have: one holder at a time, the others wait in line. */

interface Options {
  signal?: AbortSignal;
}

export function fakeLocks() {
  const last = new Map<string, Promise<unknown>>();
  return {
    async request<T>(name: string, options: Options, work: () => Promise<T>): Promise<T> {
      const before = last.get(name) ?? Promise.resolve();
      let done: () => void = () => undefined;
      last.set(
        name,
        before.then(() => new Promise<void>((resolve) => (done = resolve))),
      );
      try {
        await orAborted(before, options.signal);
        return await work();
      } finally {
        void before.then(() => done());
      }
    },
  };
}

function orAborted(wait: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
  if (!signal) return wait;
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new DOMException("waited too long", "AbortError"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
  });
  return Promise.race([wait, aborted]);
}
