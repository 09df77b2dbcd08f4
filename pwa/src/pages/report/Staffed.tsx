import * as cards from "../../cards";
import { PhoneLink } from "../../parts/CallRow";
import type { Urgency } from "../../types";

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** When somebody reads it; what cannot wait is called in. */
export function Staffed({ urgency }: { urgency: Urgency }) {
  const gemeente = cards.gemeente();
  if (!gemeente) return null;
  return (
    <p class="meta">
      Meldingen worden gelezen {lower(gemeente.desk_hours.text)}.
      {urgency === "today" && (
        <>
          {" "}
          Kan het niet wachten? Bel <PhoneLink number={gemeente.phone} />
        </>
      )}
    </p>
  );
}
