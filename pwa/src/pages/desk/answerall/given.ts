/** One id per answer, so that sending again after a bad connection gives nobody two. */

export function idsFor() {
  const ids = new Map<string, string>();
  return {
    of(observation: string): string {
      const id = ids.get(observation) ?? crypto.randomUUID();
      ids.set(observation, id);
      return id;
    },
    /** The next answer is another one. */
    done: () => ids.clear(),
  };
}

const PLACE = /^answers\.(\d+)$/;

/** What stands in the way of which observation, as the server told it by number. */
export function reasonsOf(
  faults: readonly { name: string; reason: string }[] | undefined,
  observations: readonly string[],
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, reason } of faults ?? []) {
    const observation = observations[Number(PLACE.exec(name)?.[1] ?? -1)];
    if (observation) found[observation] = reason;
  }
  return found;
}
