import type { ObservationPlain } from "../../types";
import { longDay } from "./day";
import type { Line } from "./history";

/** What happened, oldest first; the open dot at the end is what is still owed. */
export const Timeline = ({ lines, plain }: { lines: Line[]; plain: ObservationPlain }) => (
  <div class="part">
    <h2 class="utrecht-heading-3" id="verloop" tabIndex={-1}>
      Wat er gebeurde
    </h2>
    <ol class="thread">
      {lines.map(({ key, title, when, note, text }) => (
        <li key={key}>
          <b>{title}</b>
          {text && <p class="thread__text">{text}</p>}
          <p class="when">
            {when}
            {note && `. ${note}`}
          </p>
        </li>
      ))}
      {!plain.answered && plain.state !== "closed" && plain.answer_by && (
        <li class="open">
          <b>{plain.waiting ? "De melder is aan zet" : "Terugkoppeling"}</b>
          <p class="when">
            {plain.waiting
              ? "We wachten op antwoord op de vraag."
              : `Uiterlijk ${longDay(plain.answer_by)}`}
          </p>
        </li>
      )}
    </ol>
  </div>
);
