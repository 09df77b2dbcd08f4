import * as cards from "../../cards";
import { PhoneLink } from "../../parts/CallRow";
import type { Urgency } from "../../types";

/** "Meldingen worden gelezen op werkdagen van 08.30 tot 17.00 uur." */
export function readHours(): string {
  const text = cards.gemeente()?.desk_hours.text ?? "";
  return text && `Meldingen worden gelezen ${text.charAt(0).toLowerCase()}${text.slice(1)}.`;
}

/** When somebody reads it; what cannot wait is called in. */
export function Staffed({ urgency }: { urgency: Urgency }) {
  const gemeente = cards.gemeente();
  if (!gemeente) return null;
  return (
    <p class="meta">
      {readHours()}
      {urgency === "today" && (
        <>
          {" "}
          Kan het niet wachten? Bel <PhoneLink number={gemeente.phone} />
        </>
      )}
    </p>
  );
}
