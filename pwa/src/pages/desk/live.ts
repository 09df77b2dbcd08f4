import { useEffect, useRef, useState } from "preact/hooks";

const minute = 60_000;
/** Coming back to a window gives two events at once. */
const once = 2_000;

/** Calls again every minute while the page is seen, and when somebody comes back to it. */
export function useLive(refresh: () => void): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    let last = Date.now();
    const look = () => {
      if (document.visibilityState !== "visible" || Date.now() - last < once) return;
      last = Date.now();
      latest.current();
    };
    const timer = setInterval(look, minute);
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
}

/** Whether list and report fit side by side. */
export function useWide(): boolean {
  const query = "(min-width: 64rem)";
  const [wide, setWide] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const change = () => setWide(media.matches);
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, []);
  return wide;
}
