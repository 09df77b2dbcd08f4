import * as areas from "../../../areas";
import { Notice } from "../../../parts/Notice";
import { Bars } from "./Bars";
import { Columns } from "./Columns";
import { cellOf, type Period, type Table, tableOf } from "./figures";
import { AreaMap } from "./Map";
import { onTime } from "./rows";
import { shapesOf } from "./shapes";

const EXPLAINED: Record<string, string> = {
  signal: "Elke melding telt één keer, bij het ernstigste signaal.",
  phase: "Een casus telt elke keer dat hij naar een fase gaat.",
  became: "Een bundel telt één keer: als er een casus van komt, of als hij uit elkaar gaat.",
  referral: "Wie het loket erbij haalde. Per melding kan dat vaker zijn.",
  removal: "Te laat is meer dan acht dagen na de dag waarop het weg moest.",
};

interface SectionProps {
  table: Table;
  shown: Period;
  compared: Period | null;
  /** The wijk that is looked at, from the address; empty is all of them. */
  wijk: string;
  /** Nothing else is on the page, so there is room for more of it. */
  alone: boolean;
}

/** One table with what belongs to it: what it means, its map, and its course through time. */
export function Section({ table, shown, compared, wijk, alone }: SectionProps) {
  const known = table.name === "area" && cellOf(table, wijk) !== undefined;
  const within = known ? wijk : "";
  const whole = cellOf(table, within);
  const shapes = table.name === "area" ? shapesOf(areas.features(), table, within) : [];
  const letters = new Map(shapes.map(({ key, letter }) => [key, letter]));
  const explained = EXPLAINED[table.name];
  return (
    <section aria-labelledby={`cijfer-${table.name}`} class="stack stack--2">
      <h2 class="utrecht-heading-2" id={`cijfer-${table.name}`}>
        {table.title}
      </h2>
      {explained && <p class="meta">{explained}</p>}
      {table.name === "area" && wijk && !known && (
        <Notice kind="info">
          <p>Die wijk kennen we niet. Je ziet alle wijken.</p>
        </Notice>
      )}
      {table.name === "answer" && <OnTime table={table} compared={compared} />}
      <AreaMap table={table} shapes={shapes} of={within ? "buurten" : "wijken"} />
      <Bars table={table} shown={shown} compared={compared} within={within} letters={letters} />
      {whole && shown.quarters.length > 1 && (alone || table.name === "signal") && (
        <Columns
          title={within ? whole.label : table.title}
          quarters={shown.quarters}
          cell={whole}
        />
      )}
    </section>
  );
}

function OnTime({ table, compared }: { table: Table; compared: Period | null }) {
  const now = onTime(table);
  const other = onTime(tableOf(compared, table.name));
  return (
    <p>
      {now
        ? `Op tijd beantwoord: ${now}. Wie nooit antwoord kreeg, telt mee.`
        : "Welk deel op tijd was, is verborgen."}
      {now && other && ` In de andere periode: ${other}.`}
    </p>
  );
}
