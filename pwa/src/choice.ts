/** What is ticked on each card while reading it. */
import * as drafts from "./drafts";
import { listen, tellTab } from "./listeners";
import * as session from "./session";

let ticks = new Map<string, string[]>();
const cleared = new Map<string, string[]>();

export const onChange = (fn: () => void) => listen("choice", fn);
export const ticked = (card: string): string[] => ticks.get(card) ?? [];

// The next person starts with an empty card.
let owner = session.current()?.id;
session.onChange(() => {
  if (session.current()?.id === owner) return;
  owner = session.current()?.id;
  ticks = new Map();
  cleared.clear();
  tellTab("choice");
});

/** Brings back what was ticked on this card before the app was closed. */
export async function load(card: string): Promise<void> {
  if (ticks.has(card)) return;
  const draft = await drafts.load<string[]>(card, "choice");
  if (!draft || ticks.has(card)) return;
  ticks.set(card, draft.form);
  tellTab("choice");
}

export function toggle(card: string, id: string): void {
  const before = ticked(card);
  set(card, before.includes(id) ? before.filter((one) => one !== id) : [...before, id]);
}

export function clear(card: string): void {
  cleared.set(card, ticked(card));
  set(card, []);
}

/** Ticks again what `clear` took away last. */
export function undoClear(card: string): void {
  set(card, cleared.get(card) ?? []);
  cleared.delete(card);
}

function set(card: string, ids: string[]): void {
  ticks.set(card, ids);
  tellTab("choice");
  const stored = ids.length > 0 ? drafts.save(card, ids, "choice") : drafts.remove(card, "choice");
  // Ticks that cannot be kept still work as long as the app is open.
  stored.catch(() => undefined);
}
