import { Fold } from "../../parts/Fold";
import type { Card } from "../../types";
import { formatDay } from "../../words";

/** Which version this is, who looked at it last, and what it rests on. */
export const Provenance = ({ card }: { card: Card }) => (
  <>
    <p class="meta space">
      Versie {card.version}, nagekeken op {formatDay(card.reviewed_on)}. {card.review_note}
    </p>
    {card.sources.length > 0 && (
      <div class="space">
        <Fold title="Bronnen" count={card.sources.length} boxed>
          <ul class="fold__in plain">
            {card.sources.map(({ code, title, url }) => (
              <li key={code}>
                {url ? (
                  <a
                    class="utrecht-link utrecht-link--html-a tap"
                    href={url}
                    target="_blank"
                    rel="noopener noreferrer"
                  >
                    {title}
                  </a>
                ) : (
                  title
                )}
              </li>
            ))}
          </ul>
        </Fold>
      </div>
    )}
  </>
);
