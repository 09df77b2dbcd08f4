import * as cards from "../../cards";
import type { Urgency } from "../../types";

/** When somebody reads it; what cannot wait is called in. */
export function Staffed({ urgency }: { urgency: Urgency }) {
  const gemeente = cards.gemeente();
  if (!gemeente) return null;
  return (
    <p class="meta">
      {gemeente.desk_hours.text}
      {urgency === "today" && (
        <>
          {" "}
          Kan het niet wachten? Bel{" "}
          <a
            class="utrecht-link utrecht-link--html-a tap"
            href={`tel:${gemeente.phone.replace(/[^\d+]/g, "")}`}
          >
            {gemeente.phone}
          </a>
        </>
      )}
    </p>
  );
}
