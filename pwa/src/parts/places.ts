/** Where somebody was on each screen, so that "back" returns to the same line and the same control. */
interface Place {
  y: number;
  focus: string | null;
}

const places = new Map<number, Place>();
let here = Date.now();
let returned: Place | undefined;
let arrived = "";

const stamp = () => history.replaceState({ place: here }, "");

/** What finds the control again after its screen was drawn anew. */
function mark(element: Element | null): string | null {
  const href = element?.getAttribute("href");
  if (href) return `[href="${CSS.escape(href)}"]`;
  return element?.id ? `#${CSS.escape(element.id)}` : null;
}

export function watchPlaces() {
  history.scrollRestoration = "manual";
  stamp();
  addEventListener("popstate", () => {
    places.set(here, { y: scrollY, focus: mark(document.activeElement) });
    const known: unknown = history.state?.place;
    if (typeof known === "number") {
      here = known;
      returned = places.get(known);
    } else {
      here = Date.now() + Math.random();
      returned = undefined;
      stamp();
    }
  });
}

/** Gives a new screen its title and focus. The very first screen keeps the focus of the browser. */
export function arrive(title: string) {
  document.title = `${title} | Signaalkaart`;
  const place = `${location.hash} ${title}`;
  const before = arrived;
  arrived = place;
  if (!before || before === place) return;
  const { y, focus } = returned ?? { y: 0, focus: null };
  returned = undefined;
  scrollTo(0, y);
  const target =
    (focus && document.querySelector<HTMLElement>(focus)) ||
    document.querySelector<HTMLElement>("h1");
  target?.focus({ preventScroll: true });
}

/** Links inside a page must not touch the address, because that holds the route. */
export function followInside(event: MouseEvent) {
  const href = (event.target as Element).closest?.("a")?.getAttribute("href");
  if (!href?.startsWith("#") || href.startsWith("#/")) return;
  event.preventDefault();
  const target = document.getElementById(href.slice(1));
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

/** Say something to who does not see the screen change; the element stands in index.html. */
export function say(text: string) {
  const live = document.getElementById("live");
  if (!live) return;
  // The same sentence twice is only read again when the element was empty in between.
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = text;
  });
}
