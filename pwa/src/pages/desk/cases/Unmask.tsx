import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { proven } from "../../entry/passkey";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { reasonWords } from "./phrases";

/** The names of a case, for a reason and with a passkey. */
export function Unmask({ id, onDone }: { id: string; onDone: () => Promise<void> }) {
  const [reason, setReason] = useState("who_knows");
  const step = useStep(() => undefined);
  const send = (event: Event) => {
    event.preventDefault();
    void step.run(async () => {
      await proven(() => cases.unmask(id, reason));
      await onDone();
    });
  };
  return (
    <form class="casepanel" onSubmit={send}>
      <Select
        id="waarom-namen"
        label="Waarom wil je de namen zien?"
        value={reason}
        onValue={setReason}
      >
        {Object.entries(reasonWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      <Problem text={step.problem} />
      <div>
        <Button type="submit" disabled={step.busy}>
          Toon de namen
        </Button>
      </div>
    </form>
  );
}
