import type { ObservationPlain, Opening, Person } from "../../types";
import { weekDay } from "./day";
import { Envelope } from "./Envelope";
import { protectiveOf, signalsOf } from "./names";
import { basisWords, deskOf, deskWords, urgencyWords } from "./phrases";
import { SignalList } from "./SignalList";

interface ClosedProps {
  plain: ObservationPlain;
  me: Person;
  onOpened: (opening: Opening) => void;
}

function answerTerm(plain: ObservationPlain): string {
  if (plain.answered) return "is gegeven";
  return plain.answer_by ? weekDay(plain.answer_by) : "geen datum";
}

/** A report as long as its envelope is shut: only what was never sealed. */
export function Closed({ plain, me, onOpened }: ClosedProps) {
  const protective = protectiveOf(plain);
  const facts = [
    ["Melder heeft het", basisWords[plain.basis]],
    ["Spoed", urgencyWords[plain.urgency]],
    ["Loket", deskWords[plain.desk]],
    [plain.answered ? "Antwoord" : "Antwoord uiterlijk", answerTerm(plain)],
  ] as const;
  return (
    <>
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
      <SignalList title="Signalen" signals={signalsOf(plain)} />
      {protective.length > 0 && <SignalList title="Beschermt de jongere" signals={protective} />}
    </>
  );
}
