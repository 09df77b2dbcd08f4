import { useLayoutEffect } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { useLive } from "../live";
import { useFetched } from "../useFetched";
import * as bundles from "./bundles";
import { answeredText, bundleTitle, daysText, membersCount, why } from "./phrases";

/** The bundles there are, the newest first. */
export function List() {
  const { value: items, problem, refresh } = useFetched(bundles.list);
  useLive(() => void refresh());
  useLayoutEffect(() => arrive("Bundels"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Bundels
      </h1>
      <Problem text={problem}>
        <Button onClick={() => void refresh()}>Probeer nu</Button>
      </Problem>
      {!items && !problem && <p class="meta">Bundels ophalen…</p>}
      {items?.length === 0 && (
        <p>
          Er zijn nog geen bundels. Open een melding in het Postvak. Onder ‘Lijkt op’ zie je wat
          erbij kan horen.
        </p>
      )}
      {!!items?.length && (
        <ul class="rows rows--links">
          {items.map((row) => (
            <li key={row.id}>
              <a href={`#/bundels/${row.id}`}>
                <b>{bundleTitle(row.areas)}</b>
                <span>{why(row.reasons)}</span>
                <span class="meta">
                  {[
                    membersCount(row.members),
                    daysText(row.first, row.last),
                    answeredText(row.answered, row.members),
                  ].join(" · ")}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
