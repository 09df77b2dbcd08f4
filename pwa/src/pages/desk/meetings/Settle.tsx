import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { Field, Select } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import type * as meetings from "./meetings";
import { grounds, outcomeWords } from "./phrases";

interface SettleProps {
  point: meetings.Point;
  note: string;
  running: boolean;
  /** Returns the sentence of what went wrong, or nothing. */
  onSettle: (body: meetings.Settled) => Promise<string>;
}

const BUNDLE: readonly meetings.Outcome[] = [
  "case_started",
  "following",
  "referred",
  "no_follow_up",
  "later",
];
const OTHER: readonly meetings.Outcome[] = ["discussed", "later"];

/** What was decided at a point. */
export function Settle({ point, note, running, onSettle }: SettleProps) {
  const [outcome, setOutcome] = useState<meetings.Outcome | null>(point.outcome);
  const [ground, setGround] = useState(point.ground ?? "");
  const [text, setText] = useState(note);
  const [fault, setFault] = useState<"outcome" | "ground" | null>(null);
  const [problem, setProblem] = useState("");
  const bundle = point.kind === "bundle";
  const possible = bundle ? BUNDLE : OTHER;
  const needsGround = bundle && outcome !== null && outcome !== "later";
  const send = async (event: Event) => {
    event.preventDefault();
    const lack = !outcome ? "outcome" : needsGround && !ground ? "ground" : null;
    setFault(lack);
    if (lack || !outcome)
      return document.getElementById(lack === "ground" ? "grond" : "besluit")?.focus();
    const body = { outcome, ground: ground || null, note: text.trim() || null };
    setProblem(await onSettle({ ...body, version: point.version }));
  };
  return (
    <form class="record" aria-labelledby="besluit-kop" onSubmit={send} noValidate>
      <h2 class="utrecht-heading-2" id="besluit-kop">
        Besluit vastleggen
      </h2>
      {!running && <p class="meta">Een besluit leg je vast als het overleg bezig is.</p>}
      <fieldset class="answer__fields" disabled={!running}>
        <legend class="vh">Besluit</legend>
        <Choice<meetings.Outcome>
          id="besluit"
          legend="Wat doen we?"
          value={outcome}
          options={outcomeWords.filter(([word]) => possible.includes(word))}
          onValue={(value) => {
            setOutcome(value);
            setFault(null);
          }}
          {...(fault === "outcome" && { error: "Kies wat we doen." })}
        />
        {bundle && (
          <Select
            id="grond"
            label="Grond"
            value={ground}
            onValue={(value) => {
              setGround(value);
              setFault(null);
            }}
            {...(fault === "ground" && { error: "Kies waarom dit mag." })}
          >
            <option value="">Kies een grond</option>
            {grounds.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        )}
        <Field
          id="notitie"
          label="Wat spreken we af?"
          hint="Wie doet wat, en vóór wanneer. In het verslag staan letters voor namen."
          optional
          rows={4}
          value={text}
          onValue={setText}
        />
        <Button kind="primary-action" type="submit" wide>
          Leg vast en ga verder
        </Button>
      </fieldset>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem} Je tekst staat er nog.</p>
        </Notice>
      )}
    </form>
  );
}
