import { useLayoutEffect } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Notice } from "../../../parts/Notice";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { longMoment } from "../day";
import { useLive } from "../live";
import { useFetched } from "../useFetched";
import { Calendar } from "./Calendar";
import * as meetings from "./meetings";
import { Plan } from "./Plan";
import { mayLead, pointsText, stateWords } from "./phrases";

/** What comes and what was. */
export function List({ me }: { me: Person }) {
  const { value: found, problem, refresh } = useFetched(meetings.list);
  useLive(() => void refresh());
  useLayoutEffect(() => arrive("Overleg"), []);
  const isOver = ({ state }: meetings.MeetingRow) => state === "ended" || state === "cancelled";
  const items = found?.items;
  const coming = items?.filter((one) => !isOver(one)).toReversed() ?? [];
  const past = items?.filter(isOver) ?? [];
  const owed = past.find(({ state, evaluated }) => state === "ended" && !evaluated);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Overleg
      </h1>
      <Problem text={problem}>
        <Button onClick={() => void refresh()}>Probeer nu</Button>
      </Problem>
      {!items && !problem && <p class="meta">Overleggen ophalen…</p>}
      {owed && (
        <Notice>
          <p>Hoe was het overleg van {longMoment(owed.starts_at)}? Drie korte vragen.</p>
          <Button href={`#/overleg/terugblik?van=${owed.id}`}>Vul in</Button>
        </Notice>
      )}
      {items && (
        <>
          <section class="meetlist" aria-labelledby="straks">
            <h2 class="utrecht-heading-2" id="straks">
              Komt eraan
            </h2>
            {coming.length > 0 && rows(coming)}
            {coming.length === 0 && (
              <p>
                {found?.member
                  ? "Er staat nog geen overleg gepland."
                  : "Er is nu niets aan je voorgelegd."}
              </p>
            )}
            {mayLead(me) && <Plan onPlanned={() => void refresh()} />}
          </section>
          <section class="meetlist" aria-labelledby="geweest">
            <h2 class="utrecht-heading-2" id="geweest">
              Geweest
            </h2>
            {past.length === 0 ? <p>Nog geen overleg geweest.</p> : rows(past)}
            {found?.member && (
              <div class="row">
                <Button href="#/overleg/terugblik">Hoe ging het?</Button>
              </div>
            )}
          </section>
          {found?.member && <Calendar />}
        </>
      )}
    </div>
  );
}

const rows = (items: readonly meetings.MeetingRow[]) => (
  <ul class="rows rows--links">
    {items.map((one) => (
      <li key={one.id}>
        <a href={`#/overleg/${one.id}`}>
          <b>{longMoment(one.starts_at)}</b>
          <span class="meta">
            {[stateWords[one.state], one.place, pointsText(one)].filter(Boolean).join(" · ")}
          </span>
        </a>
      </li>
    ))}
  </ul>
);
