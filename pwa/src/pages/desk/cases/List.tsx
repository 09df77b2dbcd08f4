import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Notice } from "../../../parts/Notice";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { dayOf, shortDay } from "../day";
import { areaName } from "../names";
import { explain } from "../problems";
import { DESK } from "../screens";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { Plans } from "./Plans";
import { kindWords, phases, phaseWords } from "./phrases";

/** The cases there are, by phase. */
export function List({ me, bundle }: { me: Person; bundle: string | null }) {
  const [items, setItems] = useState<cases.CaseRow[] | null>(null);
  const [closed, setClosed] = useState(false);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    cases.list(closed).then(setItems, (error: unknown) => setProblem(explain(error)));
  }, [closed]);
  useLayoutEffect(() => arrive("Casussen"), []);
  const mayStart = DESK.includes(me.role) || me.role === "kernteam";
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Casussen
      </h1>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
      {!items && !problem && <p class="meta">Casussen ophalen…</p>}
      {items?.length === 0 && <p>Er zijn geen {closed ? "gesloten" : "open"} casussen.</p>}
      {phases.map((phase) => {
        const here = items?.filter((one) => one.phase === phase) ?? [];
        if (here.length === 0) return null;
        return (
          <section key={phase} class="stack stack--2" aria-labelledby={`fase-${phase}`}>
            <h2 class="utrecht-heading-2" id={`fase-${phase}`}>
              {phaseWords[phase]}
            </h2>
            <ul class="caserows">
              {here.map((one) => (
                <li key={one.id}>
                  <a href={`#/casussen/${one.id}`}>
                    <b>
                      Casus {one.number}: {kindWords[one.kind].toLowerCase()}
                    </b>
                    <span class="meta">
                      {one.area ? areaName(one.area) : "Geen buurt"}, sinds{" "}
                      {shortDay(dayOf(one.phase_at))}
                      {one.evaluate_on && `, evaluatie ${shortDay(one.evaluate_on)}`}
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
      </div>
      {mayStart && <Start bundle={bundle} />}
    </div>
  );
}

function Start({ bundle }: { bundle: string | null }) {
  const [kind, setKind] = useState<cases.Kind>("youth");
  const [title, setTitle] = useState("");
  const step = useStep(() => undefined);
  const start = (event: Event) => {
    event.preventDefault();
    void step.run(async () => {
      const made = await cases.make(kind, title.trim(), bundle);
      location.hash = `#/casussen/${made.id}`;
    });
  };
  return (
    <Fold
      title={bundle ? "Begin een casus met deze bundel" : "Begin een casus"}
      boxed
      open={!!bundle}
    >
      <form class="stack stack--3 casepad" onSubmit={start}>
        <Select
          id="casus-soort"
          label="Over wie of wat?"
          value={kind}
          onValue={(value) => setKind(value as cases.Kind)}
        >
          {Object.entries(kindWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <Field
          id="casus-titel"
          label="Waar gaat het over?"
          hint="In een paar woorden. Dit wordt verzegeld."
          value={title}
          onValue={setTitle}
        />
        {step.problem && <p role="alert">{step.problem}</p>}
        <div>
          <Button type="submit" kind="primary-action" disabled={step.busy || !title.trim()}>
            Begin de casus
          </Button>
        </div>
      </form>
    </Fold>
  );
}

interface Loaded {
  actions: cases.Action[];
  goals: cases.Goal[];
  texts: Record<string, string | null>;
  choices: cases.Choices;
}

/** Everything that was agreed and of which somebody may know. */
export function ActionsPage() {
  const [loaded, load] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState("");
  const refresh = useCallback(async () => {
    try {
      const [actions, goals, texts, choices] = await Promise.all([
        cases.actions(),
        cases.goals(),
        cases.planTexts(),
        cases.choices(),
      ]);
      load({ actions, goals, texts, choices });
    } catch (error) {
      setProblem(explain(error));
    }
  }, []);
  useEffect(() => void refresh(), [refresh]);
  useLayoutEffect(() => arrive("Acties"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Acties
      </h1>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
      {!loaded && !problem && <p class="meta">Acties ophalen…</p>}
      {loaded && <Plans {...loaded} onChanged={refresh} />}
    </div>
  );
}
