/** The number on the app's icon: what is not yet at the gemeente. */
import * as drafts from "./drafts";
import * as outbox from "./outbox";

async function show(): Promise<void> {
  if (!("setAppBadge" in navigator)) return;
  const [unsent, concepts] = await Promise.all([outbox.total(), drafts.list()]);
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
