import { Notice } from "../../parts/Notice";
import * as session from "../../session";

/** A phone that was lost or emptied took what it held along; the server still knows how much. */
export function Elsewhere() {
  const count = session.unsentElsewhere();
  if (!count) return null;
  const isOne = count === 1;
  return (
    <Notice kind="warning">
      <p>
        De gemeente mist nog {count} {isOne ? "melding" : "meldingen"} van je.{" "}
        {isOne ? "Die staat" : "Die staan"} op een ander toestel, of {isOne ? "stond" : "stonden"}{" "}
        hier voordat dit toestel leeg raakte. Heb je dat andere toestel nog? Open de signaalkaart
        daar met bereik. Kan dat niet? Meld dan opnieuw wat je toen meldde.
      </p>
    </Notice>
  );
}
