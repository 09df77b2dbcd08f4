import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, Link } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { AgeBand, Person } from "../../../types";
import { proven } from "../../entry/passkey";
import { explain } from "../problems";
import { Hits } from "./Hits";
import { ages, foundText, reasonWords } from "./phrases";
import { Review } from "./Review";
import * as rights from "./rights";

interface Kept {
  by: string;
  wanted: rights.Wanted;
  found: rights.Found;
}

// So that whoever looks at one hit comes back to the others; only in memory, and only for them.
let kept: Kept | null = null;

const empty = { name: "", nickname: "", age: "", reason: "" };

/** Somebody asks what is kept of them: a name, and why it is looked for. */
export function Search({ me }: { me: Person }) {
  const before = kept?.by === me.id ? kept : null;
  const [form, setForm] = useState(() => (before ? formOf(before.wanted) : empty));
  const [asked, setAsked] = useState(before);
  const [faults, setFaults] = useState<{ name?: string; reason?: string }>({});
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [chosen, choose] = useState<readonly rights.RecordKey[] | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (!chosen) arrive("Rechten");
  }, [chosen]);

  const set = (what: Partial<typeof form>) => {
    setForm({ ...form, ...what });
    setFaults({});
  };
  const look = async (event?: Event) => {
    event?.preventDefault();
    const missing = {
      ...(!form.name.trim() && { name: "Vul een naam in." }),
      ...(!form.reason && { reason: "Kies waarom je zoekt." }),
    };
    setFaults(missing);
    const first = Object.keys(missing)[0];
    if (first) return document.getElementById(`r-${first}`)?.focus();
    if (busy) return;
    setBusy(true);
    setProblem("");
    const wanted: rights.Wanted = {
      name: form.name.trim(),
      nickname: form.nickname.trim() || null,
      age: (form.age as AgeBand) || null,
      reason: form.reason as rights.Reason,
    };
    try {
      kept = { by: me.id, wanted, found: await proven(() => rights.search(wanted)) };
      setAsked(kept);
      requestAnimationFrame(() => heading.current?.focus());
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };

  if (chosen && asked) {
    return <Review wanted={asked.wanted} records={chosen} onStop={() => choose(null)} />;
  }
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Rechten
      </h1>
      <p>
        Vraagt iemand wat er van hem is bewaard? Zoek de naam op. Ga eerst na dat diegene het echt
        is.
      </p>
      <Link href="#/rechten/informeren">Wie moet het nog horen?</Link>
      <form class="invite rights__form" onSubmit={(event) => void look(event)} noValidate>
        <Field
          id="r-name"
          label="Naam"
          hint="Ook een andere spelling wordt gevonden."
          value={form.name}
          onValue={(name) => set({ name })}
          error={faults.name}
        />
        <Field
          id="r-nickname"
          label="Bijnaam"
          optional
          value={form.nickname}
          onValue={(nickname) => set({ nickname })}
        />
        <Select
          id="r-age"
          label="Leeftijd"
          optional
          value={form.age}
          onValue={(age) => set({ age })}
        >
          <option value="">Weet ik niet</option>
          {ages.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <Select
          id="r-reason"
          label="Waarom zoek je?"
          hint="De reden komt in het logboek. De naam niet."
          value={form.reason}
          onValue={(reason) => set({ reason })}
          error={faults.reason}
        >
          <option value="">Kies een reden</option>
          {Object.entries(reasonWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <div class="row">
          <Button kind="primary-action" type="submit">
            {busy ? "Bezig met zoeken…" : "Zoek in alles wat verzegeld is"}
          </Button>
        </div>
      </form>
      <Problem text={problem} />
      {asked && (
        <section class="stack stack--3" aria-labelledby="gevonden">
          <h2 class="utrecht-heading-2" id="gevonden" tabIndex={-1} ref={heading}>
            Gevonden voor ‘{asked.wanted.name}’
          </h2>
          <p role="status">{foundText(asked.found.items, asked.found.opened, asked.found.shut)}</p>
          <Hits
            key={asked.found.id}
            items={asked.found.items}
            reason={asked.wanted.reason}
            onChoose={choose}
            onErased={(gone) => {
              const items = asked.found.items.filter((one) => one.id !== gone);
              kept = { ...asked, found: { ...asked.found, items } };
              setAsked(kept);
            }}
          />
        </section>
      )}
    </div>
  );
}

function formOf({ name, nickname, age, reason }: rights.Wanted): typeof empty {
  return { name, nickname: nickname ?? "", age: age ?? "", reason };
}
