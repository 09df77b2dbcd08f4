/** The keyboard of the inbox: which key asks for what, and when keys must stay silent. */

export type Wish = "next" | "previous" | "open" | "answer" | "help";

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing?: boolean;
}

const wishes: Record<string, Wish> = {
  j: "next",
  k: "previous",
  o: "open",
  b: "answer",
  "?": "help",
};

/** Says what a key press asks for; null while somebody types or holds a modifier. */
export function wishOf(press: Press, typing: boolean): Wish | null {
  if (typing || press.isComposing || press.ctrlKey || press.metaKey || press.altKey) return null;
  return wishes[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null;
}

/** Every control that takes letters or a choice counts as typing: one letter must never walk away from an answer. */
export function isTyping(
  target: { tagName?: string; isContentEditable?: boolean } | null,
): boolean {
  if (!target) return false;
  return (
    target.isContentEditable === true || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName ?? "")
  );
}

/** The next chosen id; stays at the ends of the list, and starts at the end one walks in from. */
export function move(ids: string[], chosen: string | null, wish: Wish): string | null {
  if (ids.length === 0) return chosen;
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  if (wish === "next") return ids[Math.min(at + 1, ids.length - 1)] ?? null;
  if (wish === "previous") return ids[at === -1 ? ids.length - 1 : Math.max(at - 1, 0)] ?? null;
  return chosen;
}

const place = "signaalkaart.keys";

/** Single-letter keys can be switched off (WCAG 2.1.4): speech input would press them by accident. */
export function areKeysOn(): boolean {
  return localStorage.getItem(place) !== "off";
}

export function setKeysOn(on: boolean): void {
  if (on) localStorage.removeItem(place);
  else localStorage.setItem(place, "off");
}
