import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Envelope as Picture } from "../../parts/Envelope";
import { Field, Select } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Problem } from "../../parts/Problem";
import type { Purpose } from "../../types";
import { purposeWords } from "./phrases";
import { useNeeds } from "./useNeeds";
import { useStep } from "./useStep";

interface UnsealProps {
  /** The id of the field for the reason. */
  id: string;
  /** Whether all of it is for the desk of who looks. */
  own: boolean;
  question: string;
  action: string;
  onOpen: (purpose: Purpose, note: string) => Promise<void>;
  /** What is shut, and for whom it is. */
  children: ComponentChildren;
}

const forOwn: readonly Purpose[] = ["handle", "consult", "cover"];
const forOther: readonly Purpose[] = ["consult", "cover"];

/** Shut until somebody says why it must be opened; the reason goes into the log. */
export function Unseal({ id, own, question, action, onOpen, children }: UnsealProps) {
  const [purpose, setPurpose] = useState<Purpose | "">(own ? "handle" : "");
  const [note, setNote] = useState("");
  const step = useStep(() => undefined);
  const needs = useNeeds([id, purpose, "Kies een reden."]);
  const open = (event: Event) => {
    if (needs.met(event) && purpose) void step.run(() => onOpen(purpose, note.trim()));
  };
  return (
    <div class="closed">
      <Picture />
      <form onSubmit={open} noValidate>
        {children}
        <Select
          id={id}
          label={question}
          value={purpose}
          onValue={(value) => setPurpose(value as Purpose)}
          {...needs.of(id)}
        >
          {!own && <option value="">Kies een reden</option>}
          {(own ? forOwn : forOther).map((reason) => (
            <option key={reason} value={reason}>
              {purposeWords[reason]}
            </option>
          ))}
        </Select>
        {purpose !== "" && purpose !== "handle" && (
          <Field
            id={`${id}-toelichting`}
            label="Toelichting"
            optional
            hint="Verzegeld bij de melding. In het logboek staat alleen je reden."
            rows={2}
            value={note}
            onValue={setNote}
          />
        )}
        <Problem text={step.problem} />
        <div>
          <Button kind="primary-action" type="submit" disabled={step.busy}>
            <Icon name="open" />
            {action}
          </Button>
        </div>
      </form>
    </div>
  );
}
