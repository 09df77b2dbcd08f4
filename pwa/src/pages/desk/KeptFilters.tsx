import { useEffect, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { say } from "../../parts/places";
import { type Filter, inboxPath, isNarrowed, writeFilter } from "./filter";
import { askedOf, filterOf, forgetFilter, type KeptFilter, keepFilter, keptFilters } from "./kept";
import { explain } from "./problems";

/** One's own filters: links to the same list, and a place to keep what is chosen now. */
export function KeptFilters({ filter }: { filter: Filter }) {
  const [kept, setKept] = useState<readonly KeptFilter[]>([]);
  const [naming, setNaming] = useState(false);
  const [problem, setProblem] = useState("");

  useEffect(() => {
    keptFilters().then(setKept, (error) => setProblem(explain(error)));
  }, []);

  const here = writeFilter(filter);
  const known = kept.some(({ asked }) => writeFilter(filterOf(asked)) === here);
  const worth = (isNarrowed(filter) || filter.view !== "all") && !known;

  async function forget({ id, name }: KeptFilter) {
    try {
      await forgetFilter(id);
      setKept(kept.filter((one) => one.id !== id));
      setProblem("");
      say(`${name} is weg.`);
      // With the last one the list goes too.
      document.getElementById(kept.length > 1 ? "eigen-filters" : "lijst")?.focus();
    } catch (error) {
      setProblem(explain(error));
    }
  }

  if (kept.length === 0 && !worth && !problem) return null;
  return (
    <section class="kept" aria-labelledby="eigen-filters">
      <h2 class="utrecht-heading-3 filter__title" id="eigen-filters" tabIndex={-1}>
        Mijn filters
      </h2>
      {kept.length > 0 && (
        <ul>
          {kept.map((one) => {
            const to = filterOf(one.asked);
            return (
              <li key={one.id} class="kept__row">
                <a
                  href={`#${inboxPath(to)}`}
                  aria-current={writeFilter(to) === here ? "true" : undefined}
                >
                  {one.name}
                </a>
                <button
                  class="kept__gone"
                  type="button"
                  aria-label={`Haal het filter ${one.name} weg`}
                  onClick={() => void forget(one)}
                >
                  <Icon name="cross" small />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {problem && (
        <p class="kept__text" role="alert">
          {problem}
        </p>
      )}
      {naming && worth ? (
        <Naming
          filter={filter}
          onStop={() => setNaming(false)}
          onKept={(fresh) => {
            const others = kept.filter(({ id }) => id !== fresh.id);
            setKept([...others, fresh].sort((a, b) => a.name.localeCompare(b.name, "nl")));
            setNaming(false);
            setProblem("");
            say(`${fresh.name} is bewaard.`);
            document.getElementById("eigen-filters")?.focus();
          }}
        />
      ) : (
        worth && (
          <div class="kept__text">
            <Button onClick={() => setNaming(true)}>Bewaar dit filter</Button>
          </div>
        )
      )}
    </section>
  );
}

interface NamingProps {
  filter: Filter;
  onKept: (fresh: KeptFilter) => void;
  onStop: () => void;
}

function Naming({ filter, onKept, onStop }: NamingProps) {
  const [name, setName] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => document.getElementById("f-naam")?.focus(), []);

  async function keep(event: Event) {
    event.preventDefault();
    if (busy) return;
    const trimmed = name.trim();
    if (!trimmed || trimmed.length > 40) {
      setFault("Geef het filter een naam van hooguit 40 tekens.");
      document.getElementById("f-naam")?.focus();
      return;
    }
    setBusy(true);
    try {
      onKept(await keepFilter(trimmed, askedOf(filter)));
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  }

  return (
    <form class="kept__text stack stack--2" onSubmit={keep} noValidate>
      <Field
        id="f-naam"
        label="Naam van dit filter"
        hint="Zet er geen namen van mensen in."
        value={name}
        onValue={setName}
        error={fault || undefined}
      />
      <div class="row">
        <Button kind="primary-action" type="submit" disabled={busy}>
          Bewaar
        </Button>
        <Button kind="subtle" onClick={onStop}>
          Toch niet
        </Button>
      </div>
    </form>
  );
}
