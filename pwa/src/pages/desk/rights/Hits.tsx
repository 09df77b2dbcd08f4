import { useState } from "preact/hooks";
import { Button, Link } from "../../../parts/Button";
import { Confirm } from "../../../parts/Confirm";
import { Problem } from "../../../parts/Problem";
import { Tick } from "../../../parts/Tick";
import { proven } from "../../entry/passkey";
import { stateWords } from "../phrases";
import { explain } from "../problems";
import { aboutOf, erasedText, placeOf, titleOf, whyText } from "./phrases";
import * as rights from "./rights";

interface HitsProps {
  items: readonly rights.Hit[];
  reason: rights.Reason;
  onChoose: (chosen: readonly rights.RecordKey[]) => void;
  onErased: (id: string) => void;
}

/** What was found, unopened: why it was found, and what can be done with it. */
export function Hits({ items, reason, onChoose, onErased }: HitsProps) {
  const [ticked, tick] = useState<readonly string[]>(() => items.map((one) => one.id));
  const [fault, setFault] = useState("");
  if (!items.length) return null;
  const toggle = (id: string) => {
    setFault("");
    tick(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id]);
  };
  const go = () => {
    const chosen = items.filter((one) => ticked.includes(one.id));
    if (chosen.length) return onChoose(chosen);
    setFault("Kies minstens één stuk.");
    document.getElementById(`hit-${items[0]?.id}`)?.focus();
  };
  return (
    <>
      <p class="meta">
        Gaat het echt over deze persoon? Open een melding om dat te zien. Haal het vinkje weg als
        het over een ander gaat.
      </p>
      <ul class="late">
        {items.map((one) => (
          <HitRow
            key={one.id}
            one={one}
            ticked={ticked.includes(one.id)}
            onToggle={() => toggle(one.id)}
            reason={reason}
            onErased={onErased}
          />
        ))}
      </ul>
      <Problem text={fault} />
      <div class="row">
        <Button kind="primary-action" onClick={go}>
          Bekijk wat je kunt meegeven
        </Button>
      </div>
    </>
  );
}

interface HitRowProps extends Pick<HitsProps, "reason" | "onErased"> {
  one: rights.Hit;
  ticked: boolean;
  onToggle: () => void;
}

function HitRow({ one, ticked, onToggle, reason, onErased }: HitRowProps) {
  const place = placeOf(one);
  const facts = [
    one.state && stateWords[one.state].toLowerCase(),
    one.in_case && "in een casus",
  ].filter(Boolean);
  return (
    <li>
      <h3 class="utrecht-heading-3">{titleOf(one)}</h3>
      <p class="meta">
        {[aboutOf(one), ...facts].join(", ")}
        {one.objection && <b class="block">Bezwaar loopt</b>}
      </p>
      <ul class="plain">
        {[...new Set(one.reasons.map(whyText))].map((why) => (
          <li key={why}>{why}</li>
        ))}
      </ul>
      <Tick
        id={`hit-${one.id}`}
        text="Dit gaat over deze persoon"
        checked={ticked}
        onToggle={onToggle}
        alone
      />
      <div class="row">
        <Link href={place.href}>{place.text}</Link>
        {one.subject === "observation" && (
          <Link href={`#/rechten/melding/${one.id}`}>Verbeter, wis of leg bezwaar vast</Link>
        )}
        {one.subject !== "observation" && (
          <Erase record={one} reason={reason} onErased={() => onErased(one.id)} />
        )}
      </div>
    </li>
  );
}

interface EraseProps {
  record: rights.RecordKey;
  reason: rights.Reason;
  onErased: () => void;
}

/** Gone for good, so it asks first. */
export function Erase({ record, reason, onErased }: EraseProps) {
  const [asking, ask] = useState(false);
  const [problem, setProblem] = useState("");
  const erase = async () => {
    ask(false);
    setProblem("");
    try {
      await proven(() => rights.erase(record, reason));
      onErased();
    } catch (error) {
      setProblem(explain(error));
    }
  };
  if (asking) {
    return (
      <Confirm
        question="Wil je dit wissen?"
        yes="Ja, wis voorgoed"
        onYes={() => void erase()}
        onNo={() => ask(false)}
      >
        {erasedText(record.subject)} In het logboek blijft staan dat jij dit deed, zonder inhoud.
      </Confirm>
    );
  }
  return (
    <>
      <Button onClick={() => ask(true)}>Wis voorgoed</Button>
      <Problem text={problem} />
    </>
  );
}
