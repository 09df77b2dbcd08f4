import { useEffect, useState } from "preact/hooks";
import { type Near, nearby } from "./calls";
import { shortDay } from "./day";
import { type Filter, inboxPath } from "./filter";
import { areaName, cardOf } from "./names";
import { explain } from "./problems";

/** "Zelfde buurt, 2 dagen later, 1 signaal over hetzelfde". */
export function reasonsIn({ reasons, days, signals }: Pick<Near, "reasons" | "days" | "signals">) {
  const place = reasons.includes("area")
    ? "zelfde buurt"
    : reasons.includes("district")
      ? "zelfde wijk"
      : "elders";
  const when =
    days === 0 ? "zelfde dag" : `${dayCount(Math.abs(days))} ${days > 0 ? "later" : "eerder"}`;
  const same = signals && `${signals === 1 ? "1 signaal" : `${signals} signalen`} over hetzelfde`;
  const text = [place, when, same].filter(Boolean).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const dayCount = (days: number) => (days === 1 ? "1 dag" : `${days} dagen`);

/** What else was seen around then, from the plain part alone: it says nothing about people. */
export function Nearby({ id, filter }: { id: string; filter: Filter }) {
  const [found, setFound] = useState<Near[] | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let live = true;
    nearby(id).then(
      (items) => live && setFound(items),
      (error) => live && setProblem(explain(error)),
    );
    return () => {
      live = false;
    };
  }, [id]);
  return (
    <div class="part">
      <h2 class="utrecht-heading-3">Wat speelde er nog meer?</h2>
      {problem && <p class="meta">{problem}</p>}
      {!found && !problem && <p class="meta">Kijken in de drie weken ervoor en erna…</p>}
      {found?.length === 0 && (
        <p class="meta">
          In de drie weken ervoor en erna meldde niemand iets in deze buurt of over hetzelfde.
        </p>
      )}
      {!!found?.length && (
        <ul class="sig sig--narrow">
          {found.map(({ item, ...why }) => (
            <li key={item.id}>
              <a
                class="utrecht-link utrecht-link--html-a tap"
                href={`#${inboxPath(filter, item.id)}`}
              >
                {areaName(item.area)}, {shortDay(item.date)}
              </a>
              <span class="meta">
                {cardOf(item.card).title}. {reasonsIn(why)}.
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
