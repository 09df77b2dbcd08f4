/** The number on the app's icon: what is not yet at the gemeente. */
import * as drafts from "./drafts";
import * as outbox from "./outbox";

let asked = 0;

async function show(): Promise<void> {
  if (!("setAppBadge" in navigator)) return;
  asked += 1;
  const turn = asked;
  const [unsent, concepts] = await Promise.all([outbox.total(), drafts.list()]);
  // Who counted later knows better, also when they were done sooner.
  if (turn !== asked) return;
  const count = unsent + concepts.length;
  await (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge());
}

/** Keeps the number right from now on; a system that shows none is no fault. */
export function start(): void {
  const again = () => void show().catch(() => undefined);
  outbox.onChange(again);
  drafts.onChange(again);
  again();
}
