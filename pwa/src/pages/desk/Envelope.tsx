import { useRef, useState } from "preact/hooks";
import { openObservation } from "../../api";
import { Button } from "../../parts/Button";
import { Envelope as Picture } from "../../parts/Envelope";
import { Field, Select } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Notice } from "../../parts/Notice";
import type { Desk, Opening, Purpose } from "../../types";
import { deskWords, purposeWords } from "./phrases";
import { explain } from "./problems";

interface EnvelopeProps {
  id: string;
  desk: Desk;
  /** Whether this report is for the desk of who looks. */
  own: boolean;
  onOpened: (opening: Opening) => void;
}

const reasons: Record<"own" | "other", readonly Purpose[]> = {
  own: ["handle", "consult", "cover"],
  other: ["consult", "cover"],
};

/** Shut until somebody says why it must be opened; the reason goes into the log. */
export function Envelope({ id, desk, own, onOpened }: EnvelopeProps) {
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
      document.getElementById("reden")?.focus();
      return;
    }
    opening.current = true;
    setBusy(true);
    setProblem("");
    try {
      onOpened(await openObservation(id, purpose, note.trim()));
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
        <p class="voice">Deze envelop is nog dicht. Als je hem opent, komt dat in het logboek.</p>
        {!own && (
          <p>
            Deze melding is voor het loket {deskWords[desk]}. Kies waarom je hem toch wilt openen.
          </p>
        )}
        <Select
          id="reden"
          label="Waarom open je hem?"
          value={purpose}
          {...(fault && { error: fault })}
          onValue={(value) => {
            setPurpose(value as Purpose);
            setFault("");
          }}
        >
          {!own && <option value="">Kies een reden</option>}
          {reasons[own ? "own" : "other"].map((reason) => (
            <option key={reason} value={reason}>
              {purposeWords[reason]}
            </option>
          ))}
        </Select>
        {purpose !== "" && purpose !== "handle" && (
          <Field
            id="toelichting"
            label="Toelichting"
            optional
            hint="Verzegeld bij de melding. In het logboek staat alleen je reden."
            rows={2}
            value={note}
            onValue={setNote}
          />
        )}
        {problem && (
          <Notice kind="error" role="alert">
            <p>{problem}</p>
          </Notice>
        )}
        <div>
          <Button kind="primary-action" type="submit" disabled={busy}>
            <Icon name="open" />
            Open de envelop
          </Button>
        </div>
      </form>
    </div>
  );
}
