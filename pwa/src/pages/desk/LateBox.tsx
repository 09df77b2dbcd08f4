import { useLayoutEffect, useState } from "preact/hooks";
import { lateBox } from "../../api";
import { Button, Link } from "../../parts/Button";
import { Fold } from "../../parts/Fold";
import { Problem } from "../../parts/Problem";
import { arrive } from "../../parts/places";
import { longMoment } from "./day";
import { LateItem } from "./LateItem";
import { useLive } from "./live";
import { lateEnds, lateKinds } from "./phrases";
import { useFetched } from "./useFetched";

/** What arrived but fits nowhere. Nothing that was sent is thrown away without somebody looking. */
export function LateBox() {
  const { value, problem, refresh } = useFetched(lateBox);
  const items = value?.items;
  const [said, say] = useState("");
  const [where, setWhere] = useState<string | null>(null);
  useLive(() => void refresh());
  useLayoutEffect(() => arrive("Nakomers"), []);

  const waiting = items?.filter(({ settled_at }) => !settled_at) ?? [];
  const done = items?.filter(({ settled_at }) => settled_at) ?? [];
  const settled = (observation: string | null) => {
    setWhere(observation);
    say(observation ? "Het heeft een plek." : "Vastgelegd.");
    document.querySelector<HTMLElement>("main h1")?.focus();
    void refresh();
  };

  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Nakomers
      </h1>
      <p>Dit kwam binnen, maar past nergens. Lees waarom, en geef het een plek of sluit het af.</p>
      <p class={said ? "note" : "vh"} role="status">
        {said}
        {where && (
          <>
            {" "}
            <Link href={`#/postvak/${where}`}>Naar de melding</Link>
          </>
        )}
      </p>
      <Problem text={problem}>
        <Button onClick={() => void refresh()}>Probeer nu</Button>
      </Problem>
      {!items && !problem && <p class="meta">Nakomers ophalen…</p>}
      {items && waiting.length === 0 && <p>Er wacht niets.</p>}
      <ul class="late">
        {waiting.map((item) => (
          <LateItem key={item.id} item={item} onSettled={settled} />
        ))}
      </ul>
      {done.length > 0 && (
        <Fold title="Afgehandeld" count={done.length} boxed>
          <ul class="late late--done">
            {done.map((item) => (
              <li key={item.id}>
                <b>{lateKinds[item.kind] ?? "Onbekend bericht"}</b>
                <p class="meta">Kwam aan op {longMoment(item.received_at)}</p>
                <p>
                  {item.settled_as && lateEnds[item.settled_as]}
                  {item.settled_by && `, door ${item.settled_by.name}`}
                  {item.settled_at && `, op ${longMoment(item.settled_at)}`}.
                </p>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}
