import { Fold } from "../../../parts/Fold";
import { shortDay } from "../day";
import type { Case, Opened } from "./cases";
import { eventText, outcomeText } from "./phrases";

interface StoryProps {
  row: Case;
  opened: Opened;
}

/** How a case ended, and the steps on the way there. */
export function Story({ row, opened }: StoryProps) {
  const { events } = opened;
  const ending = events.findLast(({ kind }) => kind === "closed");
  return (
    <section class="casepanel" aria-labelledby="verloop">
      <h2 class="utrecht-heading-2" id="verloop">
        {row.closed_on ? "Hoe het afliep" : "Verloop"}
      </h2>
      {row.closed_on && (
        <p>
          <b>{outcomeText(row.outcome)}.</b> {ending?.text ?? "De tekst is er niet meer."}
        </p>
      )}
      <Fold title="Alle stappen" count={events.length} boxed>
        <ol class="plain stack stack--2 casepad">
          {events.map((one) => (
            <li key={one.at + one.kind}>
              {eventText(one)}
              <span class="meta block">{shortDay(one.at)}</span>
            </li>
          ))}
        </ol>
      </Fold>
    </section>
  );
}
