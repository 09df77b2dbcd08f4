import { useRef, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Envelope as Picture } from "../../../parts/Envelope";
import { Field, Select } from "../../../parts/Field";
import { Icon } from "../../../parts/Icon";
import { Notice } from "../../../parts/Notice";
import type { Person, Purpose } from "../../../types";
import { deskOf, purposeWords } from "../phrases";
import { explain } from "../problems";
import * as bundles from "./bundles";

interface OpenAllProps {
  bundle: bundles.Bundle;
  me: Person;
  onOpened: (opened: bundles.OpenedBundle) => void;
}

/** All envelopes of a bundle with one reason; each of them comes into the log. */
export function OpenAll({ bundle, me, onOpened }: OpenAllProps) {
  const own = bundle.members.every(({ observation }) => observation.desk === deskOf[me.role]);
  const reasons: readonly Purpose[] = own ? ["handle", "consult", "cover"] : ["consult", "cover"];
  const [purpose, setPurpose] = useState<Purpose | "">(own ? "handle" : "");
  const [note, setNote] = useState("");
  const [fault, setFault] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const opening = useRef(false);

  async function open(event: Event) {
    event.preventDefault();
    if (opening.current) return;
    if (!purpose) {
      setFault("Kies een reden.");
      document.getElementById("reden-bundel")?.focus();
      return;
    }
    opening.current = true;
    setBusy(true);
    setProblem("");
    try {
      onOpened(await bundles.openAll(bundle.id, purpose, note.trim()));
      document.getElementById("erin")?.scrollIntoView({ block: "start" });
    } catch (error) {
      setProblem(explain(error));
    } finally {
      opening.current = false;
      setBusy(false);
    }
  }

  return (
    <div class="closed">
      <Picture />
      <form onSubmit={open} noValidate>
        <p class="voice">
          Deze enveloppen zijn nog dicht. Als je ze opent, komt dat bij elke melding in het logboek.
        </p>
        {!own && <p>Er is een melding bij voor het andere loket. Kies waarom je die opent.</p>}
        <Select
          id="reden-bundel"
          label="Waarom open je ze?"
          value={purpose}
          {...(fault && { error: fault })}
          onValue={(value) => {
            setPurpose(value as Purpose);
            setFault("");
          }}
        >
          {!own && <option value="">Kies een reden</option>}
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {purposeWords[reason]}
            </option>
          ))}
        </Select>
        <Field
          id="toelichting-bundel"
          label="Toelichting"
          optional
          value={note}
          onValue={setNote}
        />
        {problem && (
          <Notice kind="error" role="alert">
            <p>{problem}</p>
          </Notice>
        )}
        <div>
          <Button kind="primary-action" type="submit" disabled={busy}>
            <Icon name="open" />
            Open alle enveloppen
          </Button>
        </div>
      </form>
    </div>
  );
}
