import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import * as cards from "../../../cards";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { arrive, say } from "../../../parts/places";
import { Tick } from "../../../parts/Tick";
import { proven } from "../../entry/passkey";
import { save } from "../../paper";
import { today } from "../day";
import { explain } from "../problems";
import { blacken, blackenPart } from "./black";
import { fileOf, type Shown, shownOf } from "./file";
import { aboutOf, passageTitle, titleOf } from "./phrases";
import * as rights from "./rights";

interface ReviewProps {
  wanted: rights.Wanted;
  records: readonly rights.RecordKey[];
  onStop: () => void;
}

/** Read before it is given along: what may not go is made black, here, and then a file is made. */
export function Review({ wanted, records, onStop }: ReviewProps) {
  const [shown, show] = useState<Shown[] | null>(null);
  const [problem, setProblem] = useState("");
  const [word, setWord] = useState("");
  const [done, setDone] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => arrive("Bekijk wat je meegeeft"), []);
  useEffect(() => {
    proven(() => rights.review(wanted, records)).then(
      (held) => show(held.map(shownOf)),
      (error: unknown) => setProblem(explain(error)),
    );
  }, [wanted, records]);
  const change = (record: number, passage: number, what: Partial<Shown["passages"][number]>) => {
    setDone(false);
    show(
      shown?.map((one, r) =>
        r !== record
          ? one
          : {
              ...one,
              passages: one.passages.map((part, p) =>
                p === passage ? { ...part, ...what } : part,
              ),
            },
      ) ?? null,
    );
  };
  const everywhere = (event: Event) => {
    event.preventDefault();
    if (!word.trim() || !shown) return;
    setDone(false);
    show(
      shown.map((one) => ({
        ...one,
        passages: one.passages.map((part) => ({ ...part, text: blacken(part.text, word) })),
      })),
    );
    say(`‘${word.trim()}’ is overal zwart.`);
    setWord("");
  };
  const make = async () => {
    if (!shown) return;
    setProblem("");
    try {
      await proven(() => rights.noteFile(records, wanted.reason));
      save(
        `inzage-${today()}.html`,
        fileOf(wanted.name, shown, cards.gemeente()?.name ?? "", today()),
      );
      setDone(true);
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1} ref={heading}>
        Bekijk wat je meegeeft
      </h1>
      <p>
        Wie meldde en andere personen zijn weggelaten. Namen van anderen in de tekst zijn al zwart.
        Lees alles na: maak zwart wat naar een ander of naar de melder wijst.
      </p>
      <Problem text={problem} />
      {!shown && !problem && <p class="meta">Openen…</p>}
      {shown && (
        <form class="invite rights__form" onSubmit={everywhere} noValidate>
          <Field
            id="zwart"
            label="Woord of naam dat overal zwart moet"
            value={word}
            onValue={setWord}
          />
          <div class="row">
            <Button type="submit">Maak overal zwart</Button>
          </div>
        </form>
      )}
      {shown?.map((one, r) => (
        <section class="box stack stack--3" key={one.held.id} aria-labelledby={`stuk-${r}`}>
          <h2 class="utrecht-heading-2" id={`stuk-${r}`}>
            {titleOf(one.held)}
          </h2>
          <p class="meta">{aboutOf(one.held)}</p>
          {one.held.left_out > 0 && (
            <p class="meta">
              {one.held.left_out === 1
                ? "1 andere persoon is weggelaten."
                : `${one.held.left_out} andere personen zijn weggelaten.`}
            </p>
          )}
          {one.passages.map((part, p) => (
            <Passage
              key={part.id}
              part={part}
              title={passageTitle(part.kind, part.field)}
              onChange={(what) => change(r, p, what)}
            />
          ))}
          {one.passages.length === 0 && <p>Hierin staat geen tekst.</p>}
        </section>
      ))}
      <p role="status">
        {done && "Het bestand is gemaakt en staat bij je downloads. Op de server is niets bewaard."}
      </p>
      <div class="row">
        {shown && (
          <Button kind="primary-action" onClick={() => void make()}>
            Maak het bestand
          </Button>
        )}
        <Button kind="subtle" onClick={onStop}>
          Terug naar de lijst
        </Button>
      </div>
    </div>
  );
}

interface PassageProps {
  part: Shown["passages"][number];
  title: string;
  onChange: (what: Partial<Shown["passages"][number]>) => void;
}

function Passage({ part, title, onChange }: PassageProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const cover = () => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? {};
    if (from === undefined || to === undefined || from === to) {
      return say("Kies eerst een stuk tekst.");
    }
    onChange({ text: blackenPart(part.text, from, to) });
    say("De keuze is zwart.");
  };
  return (
    <div class="stack stack--2">
      <label class="utrecht-form-label" for={part.id}>
        {title}
      </label>
      <textarea
        ref={area}
        class="utrecht-textarea utrecht-textarea--html-textarea"
        id={part.id}
        value={part.text}
        readOnly
        rows={Math.min(10, Math.ceil(part.text.length / 60) + 1)}
      />
      <div class="row">
        <Button onClick={cover}>
          Maak keuze zwart<span class="vh"> in: {title}</span>
        </Button>
        <Button kind="subtle" onClick={() => onChange({ text: part.whole })}>
          Zet terug<span class="vh"> wat er stond: {title}</span>
        </Button>
      </div>
      <Tick
        id={`${part.id}-mee`}
        text="Neem deze tekst mee"
        checked={part.take}
        onToggle={() => onChange({ take: !part.take })}
        alone
      />
    </div>
  );
}
