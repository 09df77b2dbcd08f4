import { useEffect, useRef, useState } from "preact/hooks";
import { openLate } from "../../api";
import { Button } from "../../parts/Button";
import { Select } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Notice } from "../../parts/Notice";
import { Problem } from "../../parts/Problem";
import type { LateItem as Item, LateOpening, Purpose } from "../../types";
import { longMoment } from "./day";
import { LateSettle } from "./LateSettle";
import { factsOf } from "./late";
import { readLetter } from "./letter";
import { LetterBody } from "./OpenLetter";
import { lateKinds, lateReasons, purposeWords } from "./phrases";
import { explain } from "./problems";

const purposes: readonly Purpose[] = ["handle", "consult", "cover"];

interface LateItemProps {
  item: Item;
  onSettled: (observation: string | null) => void;
}

/** One item, shut until somebody says why it must be opened. */
export function LateItem({ item, onSettled }: LateItemProps) {
  const [asking, setAsking] = useState(false);
  const [opening, setOpening] = useState<LateOpening | null>(null);
  const kind = lateKinds[item.kind] ?? "Onbekend bericht";
  return (
    <li>
      <div>
        <h2 class="utrecht-heading-2">{kind}</h2>
        <p class="meta">Kwam aan op {longMoment(item.received_at)}</p>
      </div>
      <p>{lateReasons[item.reason] ?? "Dit past niet bij wat we hebben."}</p>
      {opening ? (
        <>
          <LateLetter opening={opening} />
          <LateSettle item={item} opening={opening} onSettled={onSettled} />
        </>
      ) : asking ? (
        <LateReason id={item.id} onOpened={setOpening} onStop={() => setAsking(false)} />
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>
            <Icon name="open" />
            Open<span class="vh"> deze {kind.toLowerCase()}</span>
          </Button>
        </div>
      )}
    </li>
  );
}

interface LateReasonProps {
  id: string;
  onOpened: (opening: LateOpening) => void;
  onStop: () => void;
}

function LateReason({ id, onOpened, onStop }: LateReasonProps) {
  const [purpose, setPurpose] = useState<Purpose>("handle");
  const [problem, setProblem] = useState("");
  const opening = useRef(false);
  const field = `late-${id}`;
  useEffect(() => document.getElementById(field)?.focus(), [field]);

  async function open(event: Event) {
    event.preventDefault();
    if (opening.current) return;
    opening.current = true;
    try {
      onOpened(await openLate(id, purpose));
    } catch (error) {
      setProblem(explain(error));
    } finally {
      opening.current = false;
    }
  }

  return (
    <form onSubmit={open}>
      <Select
        id={field}
        label="Waarom open je dit?"
        hint="Dat komt in het logboek."
        value={purpose}
        onValue={(value) => setPurpose(value as Purpose)}
      >
        {purposes.map((one) => (
          <option key={one} value={one}>
            {purposeWords[one]}
          </option>
        ))}
      </Select>
      <Problem text={problem} />
      <div class="row">
        <Button kind="primary-action" type="submit">
          Open de envelop
        </Button>
        <Button kind="subtle" onClick={onStop}>
          Toch niet
        </Button>
      </div>
    </form>
  );
}

function LateLetter({ opening }: { opening: LateOpening }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const letter = opening.opened ? readLetter(opening.opened) : null;
  const facts = factsOf(opening.plain);
  return (
    <div class="stack stack--3" tabIndex={-1} ref={box}>
      {letter ? (
        <div class="letter">
          <p class="meta">{[letter.when, letter.where].filter(Boolean).join(", ")}</p>
          <LetterBody letter={letter} empty="Er is niets opgeschreven." />
        </div>
      ) : (
        <Notice kind="warning">
          <p>De tekst is niet te lezen. Dit is wat er buiten de envelop staat.</p>
        </Notice>
      )}
      <Sender sender={opening.sender} />
      {facts.length > 0 && (
        <dl class="facts">
          {facts.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** Without a name nobody can call; who is shielded stays so. */
function Sender({ sender }: Pick<LateOpening, "sender">) {
  if (!sender) return <p>We weten niet wie dit stuurde.</p>;
  const rest = [sender.role_label, sender.organisation].filter(Boolean).join(", ");
  return (
    <p>
      Gestuurd door <b>{sender.name}</b>
      {rest && `, ${rest}`}.
    </p>
  );
}
