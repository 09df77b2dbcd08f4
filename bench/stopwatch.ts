/** What one piece of work took, and how often it asked the other side something. */
export interface Lap {
  ms: number;
  requests: number;
  /** How much of it was waiting for the other side. */
  waited: number;
}

performance.setResourceTimingBufferSize(100_000);

const asked = () =>
  performance.getEntriesByType("resource").filter((entry) => {
    const { initiatorType } = entry as PerformanceResourceTiming;
    return initiatorType === "fetch" || initiatorType === "xmlhttprequest";
  });

export async function clock(work: () => Promise<unknown>): Promise<Lap> {
  const before = asked().length;
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  // A request is entered in the list a moment after its answer was read.
  await new Promise((done) => setTimeout(done, 50));
  const requests = asked().slice(before);
  const waited = requests.reduce((total, { duration }) => total + duration, 0);
  return { ms, requests: requests.length, waited };
}

/** Each turn alone, in milliseconds. */
export async function clockEach(count: number, work: (turn: number) => Promise<unknown>) {
  const laps: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const start = performance.now();
    await work(turn);
    laps.push(performance.now() - start);
  }
  return laps;
}

/** What need not be clocked, many at the same time. */
export async function together(count: number, work: () => Promise<unknown>): Promise<void> {
  const most = 50;
  for (let done = 0; done < count; done += most) {
    await Promise.all(Array.from({ length: Math.min(most, count - done) }, work));
  }
}

/** Work that many pages begin at one moment, and when it ended; both in milliseconds since 1970. */
export function later(work: () => Promise<unknown>) {
  let ended: Promise<number> = Promise.resolve(0);
  return {
    beginAt(moment: number): void {
      const wait = new Promise((done) => setTimeout(done, moment - Date.now()));
      ended = wait.then(work).then(() => Date.now());
    },
    ended: () => ended,
  };
}
