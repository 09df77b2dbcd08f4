import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { arrive } from "../../../parts/places";
import { go } from "../../../router";
import { formatDay } from "../../../words";
import { explain } from "../problems";
import type { AreaProps } from "../screens";
import { Bars } from "./Bars";
import { changes } from "./changes";
import { toCsv } from "./csv";
import "./figures.css";
import {
  figures,
  type Published,
  type Quarter,
  quarterName,
  rowsOf,
  TABLES,
  type TableName,
} from "./figures";
import { WijkMap } from "./Map";

/** What came in per quarter, in which nobody can be found back. */
export default function Figures({ query }: AreaProps) {
  const [told, setTold] = useState<Published | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    figures().then(setTold, (error: unknown) => setProblem(explain(error)));
  }, []);
  useLayoutEffect(() => arrive("Cijfers"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Cijfers
      </h1>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
      {!told && !problem && <p class="meta">Cijfers ophalen…</p>}
      {told && <Told told={told} asked={query.get("kwartaal")} />}
    </div>
  );
}

function Told({ told, asked }: { told: Published; asked: string | null }) {
  const { quarters, current, least } = told;
  const at = Math.max(
    0,
    quarters.findIndex(({ quarter }) => quarter === asked),
  );
  const now = quarters[at];
  return (
    <>
      <p>
        Het zijn registraties. Meer meldingen kan betekenen dat er meer gebeurt. Het kan ook
        betekenen dat mensen beter opletten. Aantallen onder de {least} zijn verborgen, en soms een
        ander aantal ernaast. Zo is niemand terug te vinden.
      </p>
      {asked && now?.quarter !== asked && (
        <Notice kind="info">
          <p>Van dat kwartaal zijn er geen cijfers. Je ziet het laatste dat er is.</p>
        </Notice>
      )}
      {now ? (
        <Shown told={told} now={now} before={quarters[at + 1]} />
      ) : (
        <p>
          Er zijn nog geen cijfers. Die van het {quarterName(current.quarter)} komen er na{" "}
          {formatDay(current.due_at)}.
        </p>
      )}
    </>
  );
}

interface ShownProps {
  told: Published;
  now: Quarter;
  before: Quarter | undefined;
}

function Shown({ told, now, before }: ShownProps) {
  const rising = changes(now, before);
  return (
    <>
      <div class="row figures__choice">
        <Select
          id="kwartaal"
          label="Kwartaal"
          value={now.quarter}
          onValue={(quarter) => go(`/kwartaalcijfers?kwartaal=${quarter}`, true)}
        >
          {told.quarters.map(({ quarter }) => (
            <option key={quarter} value={quarter}>
              {quarterName(quarter)}
            </option>
          ))}
        </Select>
        <Button onClick={() => keep(told)}>Bewaar als CSV</Button>
        <Button onClick={() => print()}>Print</Button>
      </div>
      {before && (
        <section aria-labelledby="nieuw" class="stack stack--2">
          <h2 class="utrecht-heading-2" id="nieuw">
            Nieuw of meer
          </h2>
          {rising.length === 0 ? (
            <p>Er valt niets op, vergeleken met het kwartaal ervoor.</p>
          ) : (
            <ul class="figures__news">
              {rising.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        </section>
      )}
      {(Object.keys(TABLES) as TableName[]).map((table) => (
        <section key={table} aria-labelledby={`cijfer-${table}`} class="stack stack--2">
          <h2 class="utrecht-heading-2" id={`cijfer-${table}`}>
            {TABLES[table].title}
          </h2>
          {table === "signal" && (
            <p class="meta">Elke melding telt één keer, bij het ernstigste signaal.</p>
          )}
          {table === "area" && <WijkMap rows={rowsOf(now, table)} />}
          <Bars
            table={table}
            rows={rowsOf(now, table)}
            before={before ? rowsOf(before, table) : null}
          />
        </section>
      ))}
    </>
  );
}

function keep(told: Published) {
  // With this mark a spreadsheet reads the letters right.
  const file = new Blob(["\uFEFF", toCsv(told)], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "signaalkaart-cijfers.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
