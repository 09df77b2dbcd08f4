import { useEffect, useRef } from "preact/hooks";
import { areKeysOn, isTyping, type Wish, wishOf } from "./keys";

/** Listens to the letters of the inbox, unless somebody types, a dialog is open or they are switched off. */
export function useKeys(act: (wish: Wish) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = isTyping(document.activeElement as HTMLElement | null);
      const wish = wishOf(event, typing || document.querySelector("dialog[open]") !== null);
      if (!wish || (wish !== "help" && !areKeysOn())) return;
      event.preventDefault();
      latest.current(wish);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
