import { Fold } from "../../parts/Fold";
import type { Card } from "../../types";
import { countSignals } from "../names";

/** What was ticked on the card, folded away until somebody wants to see it. */
export function Chosen({ card, ticked }: { card: Card; ticked: readonly string[] }) {
  const chosen = card.signals.filter((signal) => ticked.includes(signal.id));
  if (!chosen.length) return null;
  return (
    <Fold title={`${countSignals(chosen.length)} gekozen`} boxed>
      <ul class="picked fold__in">
        {chosen.map((signal) => (
          <li key={signal.id}>{signal.text}</li>
        ))}
      </ul>
    </Fold>
  );
}
