import { useState } from "preact/hooks";
import * as areas from "../../../areas";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { Pick } from "./Pick";
import { kindWords } from "./phrases";

interface StartProps {
  /** What it starts with, when somebody comes from there. */
  bundle: string | null;
  observation: string | null;
}

/** A new case, by hand or with what was reported. */
export function Start({ bundle, observation }: StartProps) {
  const [id] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<cases.Kind>("youth");
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [area, setArea] = useState("");
  const step = useStep(() => undefined);
  const from = bundle ? " met deze bundel" : observation ? " met deze melding" : "";
  const needs = useNeeds(["casus-titel", title.trim(), "Schrijf op waar de casus over gaat."]);
  const start = (event: Event) => {
    if (!needs.met(event)) return;
    void step.run(async () => {
      const words = { title: title.trim(), text: text.trim() || null };
      const observations = observation ? [observation] : [];
      await cases.make({ id, kind, ...words, area: area || null, bundle, observations });
      location.hash = `#/casussen/${id}`;
    });
  };
  return (
    <Fold title={`Begin een casus${from}`} boxed open={from !== ""}>
      <form class="stack stack--3 casepad" onSubmit={start}>
        <Pick
          id="casus-soort"
          label="Over wie of wat?"
          from={kindWords}
          value={kind}
          onValue={(value) => setKind(value as cases.Kind)}
        />
        <Field
          id="casus-titel"
          label="Waar gaat het over?"
          hint="In een paar woorden. Dit wordt verzegeld."
          value={title}
          onValue={setTitle}
          {...needs.of("casus-titel")}
        />
        <Field
          id="casus-tekst"
          label="Toelichting"
          optional
          rows={3}
          value={text}
          onValue={setText}
        />
        <Select id="casus-buurt" label="Buurt" optional value={area} onValue={setArea}>
          <option value="">{from ? "Van de melding" : "Geen buurt"}</option>
          {areas.list().map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <Problem text={step.problem} />
        <div>
          <Button type="submit" kind="primary-action" disabled={step.busy}>
            Begin de casus
          </Button>
        </div>
      </form>
    </Fold>
  );
}
