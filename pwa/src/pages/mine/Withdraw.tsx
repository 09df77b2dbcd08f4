import { useState } from "preact/hooks";
import * as outbox from "../../outbox";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Confirm";
import type { Mine } from "../../types";

const STATES = {
  queued: "We laten de gemeente weten dat je deze melding intrekt.",
  look: "Kijk hier even naar: intrekken lukte niet. Je melding staat er nog. Probeer het opnieuw of bel de gemeente.",
  requested: "De gemeente las je melding al en beslist of hij weg kan.",
  kept: "De gemeente bewaart deze melding. Wil je weten waarom? Bel de gemeente.",
};

/** While the gemeente has not answered yet, nothing can be added. */
export const isWithdrawing = (one: Mine): boolean =>
  one.withdrawal === "queued" || one.withdrawal === "requested";

/** Not sent yet: gone at once. Sent: a request, because somebody may have read it already. */
export function Withdraw({ one }: { one: Mine }) {
  const [asking, ask] = useState(false);
  const note = one.withdrawal && <p class="note">{STATES[one.withdrawal]}</p>;
  if (note && one.withdrawal !== "look") return note;
  if (!asking)
    return (
      <>
        {note}
        <Button onClick={() => ask(true)}>Trek deze melding in</Button>
      </>
    );
  return (
    <Confirm
      question="Wil je deze melding intrekken?"
      yes="Ja, trek in"
      onYes={() => outbox.withdraw(one.id)}
      onNo={() => ask(false)}
    >
      {one.receipt
        ? "Is hij nog niet gelezen? Dan wordt hij gewist. Anders beslist de gemeente."
        : "Hij is misschien nog niet verstuurd. Dan verdwijnt hij helemaal."}
    </Confirm>
  );
}
