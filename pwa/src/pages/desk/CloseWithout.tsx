import { useEffect, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import type { Wish } from "./moves";
import { closeReasons } from "./phrases";

type Reason = NonNullable<Wish["reason"]>;

interface CloseWithoutProps {
  busy: boolean;
  onClose: (reason: Reason) => void;
  onStop: () => void;
}

/** Every reporter hears back; only three things excuse from that. */
export function CloseWithout({ busy, onClose, onStop }: CloseWithoutProps) {
  const [reason, setReason] = useState<Reason | "">("");
  const [fault, setFault] = useState(false);
  useEffect(() => document.getElementById("zonder")?.focus(), []);
  const close = () => {
    if (reason) return onClose(reason);
    setFault(true);
    document.getElementById("zonder")?.focus();
  };
  return (
    <div class="states">
      <p role="status">
        De melder heeft nog geen antwoord. Stuur eerst een antwoord hierboven. ‘Gelezen’ of een
        vraag telt niet als antwoord.
      </p>
      <Choice<Reason>
        id="zonder"
        legend="Kan er geen antwoord komen? Kies waarom."
        value={reason}
        options={closeReasons}
        onValue={(value) => {
          setReason(value);
          setFault(false);
        }}
        {...(fault && { error: "Kies een reden, of stuur eerst een antwoord." })}
      />
      <div class="row">
        <Button disabled={busy} onClick={close}>
          Rond af zonder antwoord
        </Button>
        <Button kind="subtle" onClick={onStop}>
          Toch niet
        </Button>
      </div>
    </div>
  );
}
