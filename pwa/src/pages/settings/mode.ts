/** Weergave: kept on this phone only, and set before the first screen is drawn. */
export const MODES = [
  ["auto", "Automatisch"],
  ["light", "Licht"],
  ["dark", "Donker"],
] as const;

export type Mode = (typeof MODES)[number][0];

const KEY = "weergave";

export function mode(): Mode {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

export function showMode(chosen: Mode = mode()) {
  const { dataset } = document.documentElement;
  if (chosen === "auto") delete dataset.mode;
  else dataset.mode = chosen;
}

export function keepMode(chosen: Mode) {
  if (chosen === "auto") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, chosen);
  showMode(chosen);
}
