import { openObservation } from "../../api";
import type { Desk, Opening } from "../../types";
import { deskWords } from "./phrases";
import { Unseal } from "./Unseal";

interface EnvelopeProps {
  id: string;
  desk: Desk;
  /** Whether this report is for the desk of who looks. */
  own: boolean;
  onOpened: (opening: Opening) => void;
}

/** One report that is still shut. */
export function Envelope({ id, desk, own, onOpened }: EnvelopeProps) {
  return (
    <Unseal
      id="reden"
      own={own}
      question="Waarom open je hem?"
      action="Open de envelop"
      onOpen={async (purpose, note) => onOpened(await openObservation(id, purpose, note))}
    >
      <p class="voice">Deze envelop is nog dicht. Als je hem opent, komt dat in het logboek.</p>
      {!own && (
        <p>
          Deze melding is voor het loket {deskWords[desk]}. Kies waarom je hem toch wilt openen.
        </p>
      )}
    </Unseal>
  );
}
