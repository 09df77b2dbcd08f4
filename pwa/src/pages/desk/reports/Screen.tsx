import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Notice } from "../../../parts/Notice";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { formatDay } from "../../../words";
import { explain } from "../problems";
import type { AreaProps } from "../screens";
import { Choice } from "./Choice";
import { Exports } from "./Exports";
import "./figures.css";
import { figures, type Period, periodName, quarterName, type Figures as Told } from "./figures";
import { Section } from "./Section";

/** What came in and what was done with it, in which nobody can be found back. */
export default function Figures({ query }: AreaProps) {
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState("");
  const asked = ["vanaf", "tot", "naast"].map((key) => query.get(key) ?? undefined);
  const [first, last, against] = asked;
  useEffect(() => {
    let current = true;
    setProblem("");
    figures({ first, last, against }).then(
      (answer) => current && setTold(answer),
      (error: unknown) => current && setProblem(explain(error)),
    );
    return () => {
      current = false;
    };
  }, [first, last, against]);
  useLayoutEffect(() => arrive("Kwartaalcijfers"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Kwartaalcijfers
      </h1>
      <Problem text={problem}>
        <p>
          <a href="#/kwartaalcijfers">Terug naar het laatste kwartaal</a>
        </p>
      </Problem>
      {!told && !problem && <p class="meta">Cijfers ophalen…</p>}
      {told && !problem && <Shown told={told} query={query} />}
    </div>
  );
}

function Shown({ told, query }: { told: Told; query: URLSearchParams }) {
  const { shown, current } = told;
  return (
    <>
      <p>
        {told.warning} {told.hiding}
      </p>
      {told.periods.length === 0 ? (
        <p>
          Er zijn nog geen cijfers. Die van het {quarterName(current.quarter)} komen er na{" "}
          {formatDay(current.due_at)}.
        </p>
      ) : (
        <>
          <Choice told={told} query={query} />
          <Missing shown={shown} />
          {shown.quarters.length > 0 && <Tables told={told} query={query} />}
        </>
      )}
    </>
  );
}

function Missing({ shown }: { shown: Period }) {
  if (shown.missing.length === 0) return null;
  return (
    <Notice kind="info">
      <p>
        {shown.quarters.length === 0
          ? `Over ${periodName(shown)} zijn er geen cijfers.`
          : `Van ${shown.missing.length} van de ${
              shown.missing.length + shown.quarters.length
            } kwartalen zijn er geen cijfers. Je ziet de andere.`}
      </p>
    </Notice>
  );
}

function Tables({ told, query }: { told: Told; query: URLSearchParams }) {
  const { shown, compared } = told;
  const tables = shown.tables.filter(
    ({ name, cells }) => cells.length > 0 && (!query.get("tabel") || name === query.get("tabel")),
  );
  return (
    <>
      <p class="figures__period">
        <strong>{periodName(shown)}</strong>
        {compared
          ? `, vergeleken met ${periodName(compared)}`
          : query.get("naast")
            ? ". Over de periode die je ernaast wilt zetten, zijn er geen cijfers."
            : ". Over de periode ervoor zijn er geen cijfers."}
      </p>
      {compared && !query.get("tabel") && (
        <Rising sentences={told.changes} warning={told.warning} />
      )}
      {tables.length === 0 && (
        <Notice kind="info">
          <p>Die tabel kennen we niet. Kies er een bij ‘Wat’.</p>
        </Notice>
      )}
      {tables.map((table) => (
        <Section
          key={table.name}
          table={table}
          shown={shown}
          compared={compared}
          wijk={query.get("wijk") ?? ""}
          alone={tables.length === 1}
        />
      ))}
      <Exports shown={shown} />
    </>
  );
}

function Rising({ sentences, warning }: { sentences: readonly string[]; warning: string }) {
  return (
    <section aria-labelledby="nieuw" class="stack stack--2">
      <h2 class="utrecht-heading-2" id="nieuw">
        Nieuw of meer
      </h2>
      {sentences.length === 0 ? (
        <p>Er valt niets op, vergeleken met die periode.</p>
      ) : (
        <>
          <ul class="figures__news">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p class="meta">{warning}</p>
        </>
      )}
    </section>
  );
}
