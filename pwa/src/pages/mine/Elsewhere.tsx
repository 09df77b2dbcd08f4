import { Notice } from "../../parts/Notice";
import * as session from "../../session";

/** A phone that was lost or emptied took what it held along; the server still knows how much. */
export function Elsewhere() {
  const count = session.unsentElsewhere();
  if (!count) return null;
  const waiting =
    count === 1
      ? "Op een ander toestel wacht nog 1 melding."
      : `Op een ander toestel wachten nog ${count} meldingen.`;
  return (
    <Notice kind="warning">
      <p>{waiting} Open de signaalkaart daar met bereik. Kan dat niet meer? Meld ze dan opnieuw.</p>
    </Notice>
  );
}
