import { useState } from "preact/hooks";
import { openObservation } from "../../../api";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { say } from "../../../parts/places";
import { Tick } from "../../../parts/Tick";
import type { ObservationPlain, Person, Youth } from "../../../types";
import { proven } from "../../entry/passkey";
import { ageWords, deskOf } from "../phrases";
import { explain } from "../problems";
import * as rights from "./rights";

interface CorrectProps {
  plain: ObservationPlain;
  me: Person;
  onDone: () => Promise<void>;
}

type Text = { what: string; persons: Youth[] };

/** What is right stands beside what was written, or takes its place. */
export function Correct({ plain, me, onDone }: CorrectProps) {
  const [text, setText] = useState("");
  const [instead, setInstead] = useState<Text | null>(null);
  const [fault, setFault] = useState("");
  const [problem, setProblem] = useState("");
  const fetchText = async () => {
    if (instead) return setInstead(null);
    try {
      const purpose = deskOf[me.role] === plain.desk ? "handle" : "consult";
      const { opened } = await openObservation(plain.id, purpose);
      if (!opened) return setProblem("De tekst van deze melding is niet meer te lezen.");
      setInstead({ what: opened.what ?? "", persons: opened.persons ?? [] });
      // Opening may count as reading, and then there is a newer version.
      await onDone();
    } catch (error) {
      setProblem(explain(error));
    }
  };
  const change = (index: number, what: Partial<Youth>) =>
    instead &&
    setInstead({
      ...instead,
      persons: instead.persons.map((one, i) => (i === index ? { ...one, ...what } : one)),
    });
  const send = async (event: Event) => {
    event.preventDefault();
    if (!text.trim()) {
      setFault("Schrijf op wat er klopt.");
      return document.getElementById("verbetering")?.focus();
    }
    setProblem("");
    try {
      const { version } = plain;
      await proven(() =>
        rights.correct(plain.id, { text: text.trim(), version, replacement: instead }),
      );
      setText("");
      setInstead(null);
      await onDone();
      say("De verbetering is vastgelegd.");
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <section aria-labelledby="verbeteren">
      <form class="stack stack--3" onSubmit={(event) => void send(event)} noValidate>
        <h2 class="utrecht-heading-2" id="verbeteren">
          Verbeteren
        </h2>
        <Field
          id="verbetering"
          label="Wat klopt er wel?"
          hint="Dit komt verzegeld bij de melding te staan."
          rows={4}
          value={text}
          onValue={(value) => {
            setText(value);
            setFault("");
          }}
          error={fault || undefined}
        />
        <Tick
          id="vervang"
          text="De oude tekst mag niet blijven staan"
          checked={instead !== null}
          onToggle={() => void fetchText()}
          alone
        />
        {instead && (
          <div class="box stack stack--3">
            <p class="meta">Wat je hier weghaalt, is daarna voor iedereen weg.</p>
            <Field
              id="nieuw-wat"
              label="Wat is er gezien of gehoord"
              rows={6}
              value={instead.what}
              onValue={(what) => setInstead({ ...instead, what })}
            />
            {instead.persons.map((one, index) => (
              <fieldset class="stack stack--2" key={index}>
                <legend>Persoon {index + 1}</legend>
                <Field
                  id={`p-naam-${index}`}
                  label="Naam"
                  value={one.name}
                  onValue={(name) => change(index, { name })}
                />
                <Select
                  id={`p-leeftijd-${index}`}
                  label="Leeftijd"
                  value={one.age}
                  onValue={(age) => change(index, { age: age as Youth["age"] })}
                >
                  {Object.entries(ageWords).map(([value, words]) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ))}
                </Select>
                <Field
                  id={`p-over-${index}`}
                  label="Omschrijving"
                  rows={2}
                  value={one.description}
                  onValue={(description) => change(index, { description })}
                />
                <div class="row">
                  <Button
                    onClick={() =>
                      setInstead({
                        ...instead,
                        persons: instead.persons.filter((_, i) => i !== index),
                      })
                    }
                  >
                    Haal persoon {index + 1} weg
                  </Button>
                </div>
              </fieldset>
            ))}
          </div>
        )}
        <Problem text={problem} />
        <div class="row">
          <Button type="submit">Leg de verbetering vast</Button>
        </div>
      </form>
    </section>
  );
}
