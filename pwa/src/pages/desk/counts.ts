/** How much waits behind each tab, as far as its screen has said so. */

import { listen, tellTab } from "../../listeners";

const topic = "desk counts";
const known = new Map<string, number>();

export const onChange = (listener: () => void) => listen(topic, listener);

export const countOf = (href: string): number => known.get(href) ?? 0;

export function tellCount(href: string, count: number): void {
  if (known.get(href) === count) return;
  known.set(href, count);
  tellTab(topic);
}

/** Another person has other counts. */
export function forgetCounts(): void {
  known.clear();
  tellTab(topic);
}
