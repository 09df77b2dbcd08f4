/** Which of the items that wait may have left the phone: one record, written before they leave. */
const AWAY = "away";

interface WithMeta {
  objectStore(name: "meta"): {
    get(key: string): Promise<unknown>;
    put(value: unknown, key: string): Promise<unknown>;
  };
}

/** Their ids. */
export async function readAway(transaction: WithMeta): Promise<Set<string>> {
  const ids = await transaction.objectStore("meta").get(AWAY);
  return new Set(ids as string[] | undefined);
}

/** Notes that these may leave; in the transaction that read them, so that none goes unnoted. */
export async function noteAway(transaction: WithMeta, items: { id: string }[]): Promise<void> {
  const away = await readAway(transaction);
  const before = away.size;
  for (const { id } of items) away.add(id);
  if (away.size > before) await transaction.objectStore("meta").put([...away], AWAY);
}

/** Forgets these; in the transaction in which they stop waiting. */
export async function endAway(transaction: WithMeta, items: { id: string }[]): Promise<void> {
  const away = await readAway(transaction);
  const before = away.size;
  for (const { id } of items) away.delete(id);
  if (away.size < before) await transaction.objectStore("meta").put([...away], AWAY);
}
