import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Confirm } from "../../../parts/Confirm";
import { weekDay } from "../day";
import { readLetter } from "../letter";
import { areaName, signalsOf } from "../names";
import { LetterBody, ShutLetter } from "../OpenLetter";
import { basisWords, stateWords } from "../phrases";
import type { Bundle, Member, OpenedBundle, Stay } from "./bundles";
import { memberTitle, protectiveNames } from "./phrases";

interface MembersProps {
  bundle: Bundle;
  opened: OpenedBundle | null;
  busy: boolean;
  onTakeOut: (observation: Member) => void;
}

/** What is in the bundle, the oldest first: the plain part, and the letter once it is open. */
export function Members({ bundle, opened, busy, onTakeOut }: MembersProps) {
  if (bundle.members.length === 0) return null;
  return (
    <section class="part" aria-labelledby="erin">
      <h2 class="utrecht-heading-2" id="erin">
        Wat erin zit
      </h2>
      <ol class="rows inside">
        {bundle.members.map((stay) => (
          <Inside
            key={stay.observation.id}
            stay={stay}
            last={bundle.members.length === 2}
            opened={opened}
            busy={busy}
            onTakeOut={() => onTakeOut(stay.observation)}
          />
        ))}
      </ol>
    </section>
  );
}

interface InsideProps extends Omit<MembersProps, "bundle" | "onTakeOut"> {
  stay: Stay;
  /** Without it there is nothing left that belongs together. */
  last: boolean;
  onTakeOut: () => void;
}

function Inside({ stay, last, opened, busy, onTakeOut }: InsideProps) {
  const [asking, ask] = useState(false);
  const one = stay.observation;
  const title = memberTitle(one);
  const opening = opened?.openings.find(({ id }) => id === one.id);
  return (
    <li>
      <h3 class="utrecht-heading-3">
        <a class="utrecht-link utrecht-link--html-a tap" href={`#/postvak/${one.id}`}>
          {title}
        </a>
      </h3>
      <p class="meta">
        {[
          areaName(one.area),
          weekDay(one.date),
          basisWords[one.basis],
          `bonnummer ${one.receipt}`,
          stateWords[one.state].toLowerCase(),
          one.answered ? "melder kreeg antwoord" : "melder wacht op antwoord",
        ].join(" · ")}
      </p>
      {opening &&
        (opening.opened ? (
          <div class="letter">
            <LetterBody
              letter={readLetter(opening.opened)}
              empty="De melder heeft niets opgeschreven. Kijk naar de signalen."
            />
          </div>
        ) : (
          <ShutLetter problem={opening.problem} />
        ))}
      <ul class="told">
        {signalsOf(one).map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
        {protectiveNames(one).map((text) => (
          <li key={text}>Beschermt: {text}</li>
        ))}
      </ul>
      {asking ? (
        <Confirm
          question={`${title} uit de bundel halen?`}
          yes="Haal eruit"
          onYes={() => {
            ask(false);
            onTakeOut();
          }}
          onNo={() => ask(false)}
        >
          {last ? "Dan blijft er één over en houdt de bundel op. " : ""}
          De melding zelf verandert niet. Dat hij erin zat, blijft bekend. We stellen hem hier niet
          meer voor.
        </Confirm>
      ) : (
        <div class="row">
          <Button href={`#/postvak/${one.id}`}>
            Behandel<span class="vh"> {title}</span>
          </Button>
          <Button kind="subtle" onClick={() => ask(true)} disabled={busy}>
            Haal eruit<span class="vh">: {title}</span>
          </Button>
        </div>
      )}
    </li>
  );
}
