import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { shortDay } from "../day";
import { areaName } from "../names";
import { DESK } from "../screens";
import { useFetched } from "../useFetched";
import * as cases from "./cases";
import { caseTitle, outcomeText, phases, phaseWords } from "./phrases";
import { Start } from "./Start";
import { Words } from "./Words";

interface ListProps {
  me: Person;
  /** What a new case starts with. */
  bundle: string | null;
  observation: string | null;
}

/** The cases there are, by phase. */
export function List({ me, ...from }: ListProps) {
  const [closed, setClosed] = useState(false);
  const { value: items, problem } = useFetched(() => cases.list(closed), String(closed));
  useLayoutEffect(() => arrive("Casussen"), []);
  const mayStart = DESK.includes(me.role) || me.role === "kernteam";
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Casussen
      </h1>
      <Problem text={problem} />
      {!items && !problem && <p class="meta">Casussen ophalen…</p>}
      {items?.length === 0 && (
        <p>
          {mayStart
            ? `Er zijn geen ${closed ? "gesloten" : "open"} casussen.`
            : `Je werkt niet mee aan een ${closed ? "gesloten" : "open"} casus.`}
        </p>
      )}
      {phases.map((phase) => {
        const here = items?.filter((one) => one.phase === phase) ?? [];
        if (here.length === 0) return null;
        return (
          <section key={phase} class="stack stack--2" aria-labelledby={`fase-${phase}`}>
            <h2 class="utrecht-heading-2" id={`fase-${phase}`}>
              {phaseWords[phase]}
            </h2>
            <ul class="rows rows--links">
              {here.map((one) => (
                <li key={one.id}>
                  <a href={`#/casussen/${one.id}`}>
                    <b>{caseTitle(one)}</b>
                    <span class="meta">
                      {one.area ? areaName(one.area) : "Geen buurt"}, sinds {shortDay(one.phase_at)}
                      {one.evaluate_on && `, evaluatie ${shortDay(one.evaluate_on)}`}
                      {one.closed_on &&
                        `, gesloten op ${shortDay(one.closed_on)}: ${outcomeText(one.outcome).toLowerCase()}`}
                      {!one.whole && ", je ziet alleen de fase"}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <div class="row">
        <Button onClick={() => setClosed(!closed)}>
          {closed ? "Toon open casussen" : "Toon gesloten casussen"}
        </Button>
        <Button href="#/acties">Bekijk alle acties en doelen</Button>
      </div>
      {["kernteam", "melder", "contactpersoon"].includes(me.role) && <Words />}
      {mayStart && <Start {...from} />}
    </div>
  );
}
