import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { Problem } from "../../../parts/Problem";
import { Tick } from "../../../parts/Tick";
import { formatMoment } from "../../../words";
import { codeOf, explain } from "../problems";
import * as briefings from "./briefings";

const PAUSE = 1_200;
const NOTHING: briefings.Checked = { giveaways: [], over: 0 };

interface StoryFormProps {
  quarter: string;
  story: briefings.Story;
  onKept: () => void;
}

/** A story beside the figures. What may tell who it is about is said while somebody writes. */
export function StoryForm({ quarter, story, onKept }: StoryFormProps) {
  const [text, setText] = useState(story.text);
  const [version, setVersion] = useState(story.version);
  const [checked, setChecked] = useState(NOTHING);
  const [readOver, setReadOver] = useState(false);
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  const [theirs, setTheirs] = useState<briefings.Story | null>(null);
  const asked = useRef(text);

  const look = useCallback(async (now: string) => {
    const found = now.trim() ? await briefings.check(now) : NOTHING;
    // An answer about what stood there before is old news.
    if (asked.current === now) setChecked(found);
  }, []);
  useEffect(() => {
    asked.current = text;
    const timer = setTimeout(() => void look(text).catch(() => undefined), PAUSE);
    return () => clearTimeout(timer);
  }, [text, look]);

  const keep = async (event: Event) => {
    event.preventDefault();
    setProblem("");
    say("");
    try {
      const seen = checked.giveaways.map(({ words }) => words);
      const kept = await briefings.write(quarter, { version, text, seen, readOver });
      setVersion(kept.version);
      setReadOver(false);
      setTheirs(null);
      say(kept.text ? "Het verhaal staat op het A4." : "Het verhaal is van het A4 gehaald.");
      onKept();
    } catch (error) {
      setProblem(explain(error));
      if (codeOf(error) === "names_somebody") void look(text).catch(() => undefined);
      if (codeOf(error) === "version") await meet();
    }
  };
  /** A colleague was first: both texts stay in sight, and the next one to keep is a choice. */
  const meet = async () => {
    const { shown } = await briefings.briefing("driehoek", quarter);
    if (!shown) return;
    setTheirs(shown.story);
    setVersion(shown.story.version);
  };
  const words = briefings.apart(checked.giveaways);
  return (
    <form class="story stack stack--3" onSubmit={(event) => void keep(event)} noValidate>
      <h2 class="utrecht-heading-2">Een verhaal</h2>
      <p>
        Cijfers zeggen niet alles. Vertel wat er gebeurde zoals het gebeurd kan zijn: verzonnen, of
        zo dat niemand te herkennen is. Het komt op papier en kan openbaar worden.
      </p>
      <Field
        id="verhaal"
        label="Verhaal"
        hint="Geen namen, plekken, dagen of leeftijden. Leeg is ook goed."
        optional
        rows={9}
        value={text}
        onValue={(written) => {
          setText(written);
          setReadOver(false);
          say("");
        }}
        error={
          checked.over > 0
            ? `Dit past niet op het A4. Haal ${checked.over} letters weg.`
            : undefined
        }
      />
      <div role="status">
        {words.length > 0 && (
          <Notice kind="warning">
            <p>Dit kan verraden over wie het gaat. Haal het weg, of lees het na.</p>
            <ul class="story__found">
              {words.map(({ words: one, kind }) => (
                <li key={one}>
                  <b>{one}</b>: {briefings.WHY[kind]}
                </li>
              ))}
            </ul>
          </Notice>
        )}
      </div>
      {theirs && (
        <Notice kind="warning">
          <p>
            Dit schreef {theirs.by ?? "een collega"} net
            {theirs.at && `, ${formatMoment(theirs.at)}`}. Jouw tekst staat nog hierboven. Bewaar je
            die, dan vervangt hij deze.
          </p>
          <p class="story__theirs">{theirs.text || "Het verhaal is weggehaald."}</p>
        </Notice>
      )}
      <Problem text={problem} />
      {text.trim() !== "" && (
        <Tick
          id="nagelezen"
          alone
          text="Ik heb nagelezen dat niemand te herkennen is"
          checked={readOver}
          onToggle={() => setReadOver(!readOver)}
        />
      )}
      <div class="row">
        <Button kind="primary-action" type="submit">
          Bewaar het verhaal
        </Button>
      </div>
      <p role="status">{said}</p>
    </form>
  );
}
