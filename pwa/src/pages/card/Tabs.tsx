import { useEffect, useState } from "preact/hooks";

export const PARTS = [
  ["signalen", "Signalen"],
  ["risico", "Risico"],
  ["beschermend", "Beschermend"],
  ["doen", "Wat doe ik"],
] as const;

/** The parts of a card are one page: the tabs follow the reading and jump to a heading. */
export function Tabs() {
  const [at, setAt] = useState<string>("signalen");
  useEffect(() => {
    const follow = () => {
      const passed = PARTS.filter(([id]) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < 180;
      });
      setAt(passed.at(-1)?.[0] ?? "signalen");
    };
    addEventListener("scroll", follow, { passive: true });
    return () => removeEventListener("scroll", follow);
  }, []);
  const jump = (id: string) => {
    const heading = document.getElementById(id);
    // The first screen may still be adding its last parts.
    if (!heading) requestAnimationFrame(() => jump(id));
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav class="tabs bleed" aria-label="Delen van deze kaart">
      <ul>
        {PARTS.map(([id, text]) => (
          <li key={id}>
            <button
              type="button"
              aria-current={at === id ? "true" : undefined}
              onClick={() => jump(id)}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
