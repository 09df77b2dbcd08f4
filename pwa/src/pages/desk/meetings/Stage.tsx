import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { Icon } from "../../../parts/Icon";
import { Problem } from "../../../parts/Problem";
import { proven } from "../../entry/passkey";
import { longDay } from "../day";
import { cardOf } from "../names";
import { basisWords, togetherText } from "../phrases";
import { explain } from "../problems";
import * as meetings from "./meetings";
import { bitsOf, unmaskReasons } from "./phrases";

interface StageProps {
  meeting: meetings.Meeting;
  point: meetings.Point;
  /** What was opened in this meeting: every opening counts and is logged, walking back is not one. */
  opened: Map<string, meetings.Stage>;
}

const covered =
  "M4 4l16 16M9.5 6c.8-.3 1.6-.5 2.5-.5 6 0 9.5 6.5 9.5 6.5s-1.1 2-3.1 3.7M6 8c-2.2 1.7-3.5 4-3.5 4S6 18.5 12 18.5c1.4 0 2.7-.4 3.8-.9";

/** What a point is about, with letters for names. Names live here only, and go with the point. */
export function Stage({ meeting, point, opened }: StageProps) {
  const [stage, setStage] = useState(() => opened.get(point.id) ?? null);
  const [names, setNames] = useState<Record<string, string>>({});
  const [asking, ask] = useState(false);
  const [problem, setProblem] = useState("");
  const about = point.kind === "case" || point.kind === "evaluation";
  const opens = about || point.kind === "bundle";
  useEffect(() => {
    if (!opens || opened.has(point.id)) return;
    let here = true;
    meetings.openPoint(meeting.id, point.id).then(
      (found) => {
        opened.set(point.id, found);
        if (here) setStage(found);
      },
      (error) => here && setProblem(explain(error)),
    );
    return () => {
      here = false;
    };
  }, [meeting.id, point.id, opens, opened]);
  const show = async (reason: meetings.UnmaskReason) => {
    try {
      setNames((await proven(() => meetings.unmask(meeting.id, point.id, reason))).names);
      ask(false);
      setProblem("");
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <>
      {about && meeting.member && (
        <div>
          <Button href={`#/casussen/${point.subject_id}`}>Open de casus</Button>
        </div>
      )}
      {point.kind === "actions" && (
        <div>
          <Button href="#/acties">Bekijk de acties</Button>
        </div>
      )}
      {point.kind === "late" && (
        <div>
          <Button href="#/postvak?view=late">Bekijk het postvak</Button>
        </div>
      )}
      {point.kind === "year" && (
        <div>
          <Button href="#/overleg/terugblik?van=jaar">Vul de terugblik in</Button>
        </div>
      )}
      <Problem text={problem} />
      {opens && !stage && !problem && <p class="meta">Openen…</p>}
      {stage && (
        <>
          <dl class="facts facts--big">
            {point.kind === "bundle" && (
              <div>
                <dt>Waarom samen</dt>
                <dd>{togetherText(stage.reasons) || "Geen reden genoemd"}</dd>
              </div>
            )}
            <div>
              <dt>Wat beschermt</dt>
              <dd>{stage.protective.join(" ") || "Nog niets genoemd"}</dd>
            </div>
          </dl>
          <ol class="thread stage__seen">
            {stage.seen.map((one, index) => (
              <li key={index}>
                <b>
                  {cardOf(one.card).title}, {longDay(one.date)}
                </b>
                <p>
                  {one.text === null ? (
                    "Deze tekst is niet meer te openen."
                  ) : one.text ? (
                    <Masked text={one.text} letters={stage.letters} names={names} />
                  ) : (
                    basisWords[one.basis]
                  )}
                </p>
              </li>
            ))}
          </ol>
          {stage.letters.length > 0 && meeting.member && (
            <Names
              shown={Object.keys(names).length > 0}
              asking={asking}
              onAsk={() => ask(true)}
              onShow={(reason) => void show(reason)}
              onCover={() => {
                setNames({});
                ask(false);
              }}
            />
          )}
        </>
      )}
    </>
  );
}

interface MaskedProps {
  text: string;
  letters: readonly string[];
  names: Record<string, string>;
}

const Masked = ({ text, letters, names }: MaskedProps) => (
  <>
    {bitsOf(text, letters).map((bit, index) =>
      bit.letter ? (
        names[bit.text] ? (
          <b class="unmasked" key={index}>
            {names[bit.text]}
          </b>
        ) : (
          <span class="mask" key={index}>
            <Icon d={covered} small />
            {bit.text}
            <span class="vh">, naam afgedekt</span>
          </span>
        )
      ) : (
        <span key={index}>{bit.text}</span>
      ),
    )}
  </>
);

interface NamesProps {
  shown: boolean;
  asking: boolean;
  onAsk: () => void;
  onShow: (reason: meetings.UnmaskReason) => void;
  onCover: () => void;
}

function Names({ shown, asking, onAsk, onShow, onCover }: NamesProps) {
  const [reason, setReason] = useState<meetings.UnmaskReason | null>(null);
  const [fault, setFault] = useState(false);
  useEffect(() => {
    if (asking) document.getElementById("naam-reden")?.focus();
  }, [asking]);
  if (shown) {
    return (
      <div class="row">
        <p role="status">De namen zijn te zien tot het volgende punt.</p>
        <Button onClick={onCover}>Dek de namen af</Button>
      </div>
    );
  }
  if (!asking) {
    return (
      <div>
        <Button onClick={onAsk}>
          <Icon name="eye" /> Toon een naam
        </Button>
      </div>
    );
  }
  return (
    <div class="box stack stack--3">
      <Choice<meetings.UnmaskReason>
        id="naam-reden"
        legend="Waarom wil je de naam zien?"
        value={reason}
        options={unmaskReasons}
        onValue={(value) => {
          setReason(value);
          setFault(false);
        }}
        {...(fault && { error: "Kies een reden." })}
      />
      <div class="row">
        <Button onClick={() => (reason ? onShow(reason) : setFault(true))}>Toon de namen</Button>
        <Button kind="subtle" onClick={onCover}>
          Toch niet
        </Button>
      </div>
      <p class="meta">Dit komt in het logboek.</p>
    </div>
  );
}
