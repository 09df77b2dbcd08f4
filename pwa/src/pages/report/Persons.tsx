import { useRef } from "preact/hooks";
import * as cards from "../../cards";
import { Button } from "../../parts/Button";
import { CallRow } from "../../parts/CallRow";
import { Field, Select } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import type { AgeBand, Youth } from "../../types";
import type { Ask } from "./ask";
import { asksNames, noOne } from "./form";
import { AGES } from "./words";

export function Persons({ card, form, set }: Ask) {
  const add = useRef<HTMLDivElement>(null);
  const change = (index: number, some: Partial<Youth>) =>
    set({
      persons: form.persons.map((person, i) => (i === index ? { ...person, ...some } : person)),
    });
  const focus = (id: string) => setTimeout(() => document.getElementById(id)?.focus());
  const more = () => {
    set({ persons: [...form.persons, noOne()] });
    focus(`persoon-${form.persons.length}`);
  };
  const remove = (index: number) => {
    set({ persons: form.persons.filter((_, i) => i !== index) });
    add.current?.querySelector("button")?.focus();
  };
  const named = asksNames(form, card);
  return (
    <>
      {form.persons.map((person, i) => (
        <section key={i} class="box stack stack--3" aria-labelledby={`kop-${i}`}>
          <div class="row row--apart">
            <h2 class="utrecht-heading-3" id={`kop-${i}`}>
              Persoon {i + 1}
            </h2>
            <Button kind="subtle" onClick={() => remove(i)}>
              Haal weg<span class="vh"> persoon {i + 1}</span>
            </Button>
          </div>
          {named && (
            <Field
              id={`persoon-${i}`}
              label="Naam of bijnaam"
              optional
              value={person.name}
              onValue={(name) => change(i, { name })}
            />
          )}
          <Select
            id={named ? `leeftijd-${i}` : `persoon-${i}`}
            label="Leeftijd, ongeveer"
            value={person.age}
            onValue={(age) => change(i, { age: age as AgeBand })}
          >
            {AGES.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </Select>
          {person.age === "under_12" && <CareRoute />}
          <Field
            id={`herken-${i}`}
            rows={2}
            label="Waaraan herken je deze persoon?"
            hint="Bijvoorbeeld kleding, tas, fiets of auto. Schrijf geen afkomst, geloof of gezondheid op."
            optional
            value={person.description}
            onValue={(description) => change(i, { description })}
          />
        </section>
      ))}
      <div ref={add}>
        <Button wide onClick={more}>
          <Icon name="plus" />
          {form.persons.length ? "Nog iemand" : "Iemand toevoegen"}
        </Button>
      </div>
    </>
  );
}

/** A child under twelve cannot be prosecuted: it is about care, whoever reads it. */
function CareRoute() {
  const care = cards.gemeente()?.contacts.find((contact) => contact.id === "veilig-thuis");
  return (
    <div class="stack stack--2" role="status">
      <p class="note">
        Een kind jonger dan 12 krijgt geen straf. Het gaat om zorg: de gemeente kijkt eerst welke
        hulp nodig is. Maak je je vandaag zorgen? Bel dan om advies. De naam hoef je niet te noemen.
      </p>
      {care && (
        <ul class="plain">
          <CallRow {...care} why={care.for} />
        </ul>
      )}
    </div>
  );
}
