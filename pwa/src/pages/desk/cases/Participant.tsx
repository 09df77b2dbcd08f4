import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Confirm } from "../../../parts/Confirm";
import type { Case } from "./cases";

const parts = { core: "kernteam", shell: "werkt aan deze casus mee", agenda: "agendalid" };

interface ParticipantProps {
  one: Case["participants"][number];
  /** Without it nobody can end it here. */
  onEnd?: (() => Promise<void>) | undefined;
}

/** Somebody who works along, and how that ends. */
export function Participant({ one, onEnd }: ParticipantProps) {
  const [asking, ask] = useState(false);
  return (
    <li>
      {one.name}
      <span class="meta block">
        {parts[one.part]}
        {one.ended && ", heeft geen toegang meer"}
      </span>
      {onEnd && !asking && (
        <div>
          <Button kind="subtle" onClick={() => ask(true)}>
            Stop<span class="vh"> meewerken: {one.name}</span>
          </Button>
        </div>
      )}
      {onEnd && asking && (
        <Confirm
          question={`${one.name} laten stoppen?`}
          yes="Ja, stop"
          onYes={() => {
            ask(false);
            void onEnd();
          }}
          onNo={() => ask(false)}
        >
          {one.name} ziet deze casus dan niet meer. Later weer laten meewerken kan.
        </Confirm>
      )}
    </li>
  );
}
