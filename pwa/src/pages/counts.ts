import * as mine from "../mine";
import * as outbox from "../outbox";

export interface Counts {
  unsent: number;
  unseen: number;
}

/** Tells what waits and what is new, now and at every change, until the answer is called. */
export function watchCounts(tell: (counts: Counts) => void): () => void {
  const count = async () => {
    const [unsent, unseen] = await Promise.all([outbox.count(), mine.unseen()]);
    tell({ unsent, unseen });
  };
  void count();
  return mine.onChange(() => void count());
}
