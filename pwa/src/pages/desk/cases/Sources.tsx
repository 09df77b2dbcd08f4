import { shortDay } from "../day";
import { areaName, cardOf } from "../names";
import type { Case } from "./cases";

/** The reports a case is about, for the desk: the way to each, and which reporter still waits. */
export function Sources({ sources }: Pick<Case, "sources">) {
  return (
    <section class="casepanel" aria-labelledby="meldingen">
      <h2 class="utrecht-heading-2" id="meldingen">
        Meldingen
      </h2>
      {sources.length === 0 ? (
        <p>
          Er zit nog geen melding in deze casus. Je zet er een in vanaf de melding zelf, in het{" "}
          <a class="utrecht-link utrecht-link--html-a" href="#/postvak">
            Postvak
          </a>
          .
        </p>
      ) : (
        <ul class="plain stack stack--2">
          {sources.map((one) => (
            <li key={one.id}>
              <a class="utrecht-link utrecht-link--html-a" href={`#/postvak/${one.id}`}>
                {cardOf(one.card).title}, {shortDay(one.date)}
              </a>
              <span class="meta block">
                {areaName(one.area)}
                {one.owed && ". De melder wacht nog op antwoord"}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
