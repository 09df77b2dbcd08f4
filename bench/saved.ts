/** What a page that is put to the test can do, whichever way it keeps and sends. */
export interface Keeper {
  /** Keeps one new item and hands it over as soon as it can; fails when it says not to keep it. */
  keep(id: string): Promise<unknown>;
  /** Tries again now, where the page has a say in that. */
  again(): Promise<unknown>;
  /** How many items still wait to be handed over; null when it believes that all is well. */
  waiting(): Promise<number | null>;
}

/** Puts the keeper where the test finds it, and remembers what it said of every item. */
export function offer(keeper: Keeper, start: (...values: never[]) => Promise<unknown>): void {
  const told: Record<string, string> = {};
  const save = (id: string): void => {
    told[id] = "under way";
    keeper.keep(id).then(
      () => {
        told[id] = "kept";
      },
      (fault: unknown) => {
        told[id] = `failed: ${fault}`;
      },
    );
  };
  const bench = {
    start,
    save: (ids: string[]) => ids.forEach(save),
    again: () => void keeper.again().catch(() => undefined),
    look: async () => ({ told, waiting: await keeper.waiting() }),
  };
  Object.assign(window, { bench });
}
