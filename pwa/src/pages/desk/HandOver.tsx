import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Problem } from "../../parts/Problem";
import type { Desk, ObservationPlain } from "../../types";
import { handOver } from "./calls";
import type { FollowUpProps } from "./FollowUp";
import { useStep } from "./useStep";

interface HandOverProps extends FollowUpProps {
  to: Desk;
  onDone: (plain: ObservationPlain) => void;
}

/** The other desk takes over; what is owed to the reporter stays owed. */
export function HandOver({ plain, to, onStale, onDone }: HandOverProps) {
  const [note, setNote] = useState("");
  const { problem, busy, run } = useStep(onStale);
  const send = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const text = note.trim();
      const body = { desk: to, version: plain.version, ...(text && { note: text }) };
      onDone(await handOver(plain.id, body));
    });
  };
  return (
    <form class="step" onSubmit={send}>
      <p class="meta">
        De termijn voor de melder blijft staan. Wil je hem daarna nog openen? Dan kies je een reden.
      </p>
      <Field
        id="overdracht"
        label="Toelichting voor het andere loket"
        optional
        hint="Verzegeld bij de melding."
        rows={2}
        value={note}
        onValue={setNote}
      />
      <Problem text={problem} />
      <div>
        <Button type="submit" disabled={busy}>
          Geef door
        </Button>
      </div>
    </form>
  );
}
