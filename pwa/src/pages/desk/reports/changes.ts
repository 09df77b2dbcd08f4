/** What is new or rising, in words, from what two quarters show and nothing else. */
import { countAt, nameOf, type Quarter, rowsOf, type TableName } from "./figures";

/** So many more, and half as many again: below that it is chance as easily as change. */
const MORE = 5;
const TIMES = 1.5;
/** A longer list says nothing. */
const MOST = 8;
const TOLD: readonly TableName[] = ["signal", "area", "card"];

export function changes(now: Quarter, before: Quarter | undefined): string[] {
  if (!before) return [];
  const found = TOLD.flatMap((table) => {
    const earlier = rowsOf(before, table);
    return rowsOf(now, table).flatMap(({ path, count }) => {
      if (path.length === 0 || count === null || path.includes("other")) return [];
      const was = countAt(earlier, path);
      const name = nameOf(table, path);
      if (was === null || was === 0)
        return count > 0 ? [`Nieuw in de cijfers: ${name}, ${count}.`] : [];
      return count - was >= MORE && count >= TIMES * was
        ? [`Meer dan in het kwartaal ervoor: ${name}, van ${was} naar ${count}.`]
        : [];
    });
  });
  return found.slice(0, MOST);
}
