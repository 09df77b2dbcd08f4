import type { ComponentChildren } from "preact";
import { shortDay } from "../day";
import { areaName } from "../names";
import type { Case, Choices, Opened } from "./cases";
import { kindWords, phases, phaseText, phaseWords } from "./phrases";

interface CaseHeadProps {
  row: Case;
  opened: Opened | null;
  choices: Choices;
  /** What can be done with the whole case. */
  children: ComponentChildren;
}

/** Which case this is, who may be seen by name, and how far it came. */
export function CaseHead({ row, opened, choices, children }: CaseHeadProps) {
  const here = phases.indexOf(row.phase);
  const asks = choices.asks.filter(({ phase }) => phase === row.phase);
  const done = asks.filter(({ id }) => row.asked.includes(id)).length;
  const facts = [
    kindWords[row.kind],
    row.area && areaName(row.area),
    row.observations === 1 ? "1 melding" : `${row.observations} meldingen`,
    row.evaluate_on && `evaluatie op ${shortDay(row.evaluate_on)}`,
    row.closed_on && `gesloten op ${shortDay(row.closed_on)}`,
  ];
  return (
    <div class="casehead">
      <nav class="crumbs" aria-label="Kruimelpad">
        <a class="utrecht-link utrecht-link--html-a" href="#/casussen">
          Casussen
        </a>
        <span aria-hidden="true">/</span>
        <span aria-current="page">Casus {row.number}</span>
      </nav>
      <div class="pane__head">
        <div>
          <h1 class="utrecht-heading-1" tabIndex={-1}>
            Casus {row.number}: {opened?.title ?? kindWords[row.kind].toLowerCase()}
          </h1>
          <p class="meta">
            {facts.filter(Boolean).join(", ").replace(/\.?$/, ".")}{" "}
            {opened && (opened.masked ? "Namen zijn afgedekt." : "Je ziet de namen.")}
          </p>
        </div>
        {opened?.text && <p>{opened.text}</p>}
        {children}
      </div>
      <ol class="phases" aria-label="Fasen">
        {phases.map((phase, at) => (
          <li
            key={phase}
            class={at < here ? "done" : at === here ? "now" : undefined}
            aria-current={at === here ? "step" : undefined}
          >
            <b>{phaseWords[phase]}</b>
            {at === here
              ? `sinds ${shortDay(row.phase_at)}, ${done} van ${asks.length} gedaan`
              : phaseText(phase, at < here, opened?.events ?? [])}
          </li>
        ))}
      </ol>
    </div>
  );
}
