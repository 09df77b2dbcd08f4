import { useEffect, useRef } from "preact/hooks";
import * as cards from "../../cards";
import { Button, Link } from "../../parts/Button";
import { Mark } from "../../parts/Dots";
import { go } from "../../router";
import { signOut } from "../../session";
import type { Person } from "../../types";
import { countOf } from "./counts";
import { countText } from "./filter";
import type { Tab } from "./tabs";

interface DeskBarProps {
  me: Person;
  tabs: readonly Tab[];
  at: string;
}

/** Brand, screens and who you are. On a phone the screens are at the bottom, in reach of the thumb. */
export function DeskBar({ me, tabs, at }: DeskBarProps) {
  const place = cards.gemeente()?.name;
  return (
    <header class="utrecht-page-header deskbar holder">
      <Mark />
      <span class="deskbar__name">
        Signaalkaart
        <span>{place ? `Gemeente ${place}` : ""}</span>
      </span>
      <nav aria-label="Hoofdmenu">
        <ul>
          {tabs.map(({ href, text, counts }) => (
            <li key={href}>
              <a href={href} aria-current={href === at ? "page" : undefined}>
                {text}
                {counts && <Count of={countOf(href)} what={counts} />}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Me me={me} />
    </header>
  );
}

function Count({ of, what }: { of: number; what: string }) {
  if (of === 0) return null;
  return (
    <>
      <span class="utrecht-badge-counter" aria-hidden="true">
        {countText(of)}
      </span>
      <span class="vh">
        , {countText(of)} {what}
      </span>
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}

function Me({ me }: { me: Person }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const shut = (event: Event) => {
      const box = menu.current;
      if (!box?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        box.querySelector("summary")?.focus();
      } else if (box.contains(event.target as Node)) return;
      box.open = false;
    };
    document.addEventListener("keydown", shut);
    document.addEventListener("click", shut);
    // Who tabs on would find it lying over what comes next.
    document.addEventListener("focusin", shut);
    return () => {
      document.removeEventListener("keydown", shut);
      document.removeEventListener("click", shut);
      document.removeEventListener("focusin", shut);
    };
  }, []);

  async function leave() {
    await signOut();
    go("/inloggen");
  }

  return (
    <details class="memenu" ref={menu}>
      <summary>
        <span class="memenu__who">
          {me.name}
          <span>{me.role_label}</span>
        </span>
        <span class="memenu__badge" aria-hidden="true">
          {initials(me.name)}
        </span>
      </summary>
      <div class="memenu__panel">
        <p>
          <b>{me.name}</b>
          {[me.role_label, me.organisation].filter(Boolean).join(", ")}
        </p>
        <Link href="#/instellingen">Instellingen</Link>
        <Button onClick={() => void leave()}>Uitloggen</Button>
      </div>
    </details>
  );
}
