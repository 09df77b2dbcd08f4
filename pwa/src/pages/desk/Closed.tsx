import { Notice } from "../../parts/Notice";
import type { ObservationPlain, Opening, Person } from "../../types";
import { weekDay } from "./day";
import { Envelope } from "./Envelope";
import { otherVersion, wordedProtective, wordedSignals } from "./names";
import { basisWords, deskOf, deskWords, sourceWords, urgencyWords } from "./phrases";
import { SignalList } from "./SignalList";

interface ClosedProps {
  plain: ObservationPlain;
  me: Person;
  onOpened: (opening: Opening) => void;
}

function answerTerm(plain: ObservationPlain): string {
  if (plain.nobody) return "er is geen melder";
  if (plain.answered) return "is gegeven";
  return plain.answer_by ? weekDay(plain.answer_by) : "geen datum";
}

/** A report as long as its envelope is shut: only what was never sealed. */
export function Closed({ plain, me, onOpened }: ClosedProps) {
  const protective = wordedProtective(plain);
  const facts = [
    ["Melder heeft het", basisWords[plain.basis]],
    ["Spoed", urgencyWords[plain.urgency]],
    ["Loket", deskWords[plain.desk]],
    [plain.answered || plain.nobody ? "Antwoord" : "Antwoord uiterlijk", answerTerm(plain)],
    ...(plain.source === "app" ? [] : [["Kwam binnen", sourceWords[plain.source]] as const]),
  ] as const;
  return (
    <>
      {plain.own && (
        <Notice>
          <p>
            Dit heb je zelf gemeld. Een collega behandelt het en antwoordt jou. Teruglezen doe je
            bij Mijn meldingen.
          </p>
        </Notice>
      )}
      <Envelope
        key={plain.id}
        id={plain.id}
        desk={plain.desk}
        own={deskOf[me.role] === plain.desk}
        onOpened={onOpened}
      />
      <dl class="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <SignalList title="Signalen" signals={wordedSignals(plain)} note={otherVersion(plain)} />
      {protective.length > 0 && <SignalList title="Beschermt de jongere" signals={protective} />}
    </>
  );
}
