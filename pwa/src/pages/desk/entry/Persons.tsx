import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Icon } from "../../../parts/Icon";
import type { AgeBand, Youth } from "../../../types";
import { ageWords } from "../phrases";
import { noOne } from "./form";

interface PersonsProps {
  persons: readonly Youth[];
  onChange: (persons: Youth[]) => void;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** About whom: nothing here is needed. */
export function Persons({ persons, onChange }: PersonsProps) {
  const set = (at: number, what: Partial<Youth>) =>
    onChange(persons.map((one, index) => (index === at ? { ...one, ...what } : one)));
  const add = () => {
    onChange([...persons, noOne()]);
    requestAnimationFrame(() => document.getElementById(`wie-${persons.length}`)?.focus());
  };
  return (
    <div class="stack stack--3">
      {persons.map((person, at) => (
        <fieldset class="entry__person" key={at}>
          <legend class="utrecht-form-label">
            {persons.length === 1 ? "Over wie gaat het?" : `Persoon ${at + 1}`}{" "}
            <span class="opt">(mag leeg blijven)</span>
          </legend>
          <div class="entry__two">
            <Field
              id={`wie-${at}`}
              label="Naam of bijnaam"
              value={person.name}
              onValue={(name) => set(at, { name })}
            />
            <Select
              id={`oud-${at}`}
              label="Leeftijd"
              value={person.age}
              onValue={(age) => set(at, { age: age as AgeBand })}
            >
              {Object.entries(ageWords).map(([age, text]) => (
                <option key={age} value={age}>
                  {capital(text)}
                </option>
              ))}
            </Select>
          </div>
          <Field
            id={`uiterlijk-${at}`}
            label="Kleding of voertuig"
            value={person.description}
            onValue={(description) => set(at, { description })}
          />
          {persons.length > 1 && (
            <Button
              kind="subtle"
              onClick={() => onChange(persons.filter((_one, index) => index !== at))}
            >
              Haal weg<span class="vh"> persoon {at + 1}</span>
            </Button>
          )}
        </fieldset>
      ))}
      <div>
        <Button onClick={add}>
          <Icon name="plus" />
          Nog iemand
        </Button>
      </div>
    </div>
  );
}
