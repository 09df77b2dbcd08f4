import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { Field, Select } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { explain } from "../problems";
import * as meetings from "./meetings";
import { caseKinds, outcomeWords } from "./phrases";
import { type Decided, type Missing, missing, settle } from "./settling";

interface SettleProps {
  meeting: string;
  point: meetings.Point;
  note: string;
  running: boolean;
  /** Does it; the sentence of what went wrong comes back, or nothing. */
  onSettle: (work: () => Promise<meetings.Meeting>) => Promise<string>;
}

const BUNDLE: readonly meetings.Outcome[] = [
  "case_started",
  "following",
  "referred",
  "no_follow_up",
  "later",
];
const OTHER: readonly meetings.Outcome[] = ["discussed", "later"];

const faults: Record<Missing, { field: string; text: string }> = {
  outcome: { field: "besluit", text: "Kies wat we doen." },
  title: { field: "casus-titel", text: "Geef de casus een titel." },
  ground: { field: "grond", text: "Kies waarom dit mag." },
  kind: { field: "actie-soort", text: "Kies een soort actie." },
  owner: { field: "actie-wie", text: "Kies wie dit doet." },
  due: { field: "actie-voor", text: "Kies een dag." },
};

/** What was decided at a point: a case, a decision, a first action. */
export function Settle({ meeting, point, note, running, onSettle }: SettleProps) {
  const [given, setGiven] = useState({
    outcome: point.outcome,
    ground: point.ground ?? "",
    text: note,
    kind: "youth" as meetings.CaseKind,
    title: "",
    action: { text: "", kind: "", owner: "", due_on: "" },
  });
  const [lack, setLack] = useState<Missing | null>(null);
  const [problem, setProblem] = useState("");
  const [choices, setChoices] = useState<meetings.Choices | null>(null);
  const ids = useRef({
    case: crypto.randomUUID(),
    decision: crypto.randomUUID(),
    action: crypto.randomUUID(),
  });
  useEffect(() => {
    meetings.choices().then(setChoices, (error) => setProblem(explain(error)));
  }, []);

  const set = (what: Partial<typeof given>) => {
    setGiven({ ...given, ...what });
    setLack(null);
  };
  const act = (what: Partial<Decided["action"]>) => set({ action: { ...given.action, ...what } });
  const error = (...fields: Missing[]) =>
    lack && fields.includes(lack) ? { error: faults[lack].text } : {};
  const send = async (event: Event) => {
    event.preventDefault();
    const { outcome, ...rest } = given;
    const found = missing(point, { ...rest, ...(outcome && { outcome }) });
    setLack(found);
    if (found || !outcome) {
      const target = document.getElementById(faults[found ?? "outcome"].field);
      return target?.focus();
    }
    const all = { ...rest, outcome };
    setProblem(await onSettle(() => settle(meeting, point, all, ids.current)));
  };
  const bundle = point.kind === "bundle";
  const about = bundle || point.kind === "case" || point.kind === "evaluation";
  const possible = bundle ? BUNDLE : OTHER;
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
          value={given.outcome}
          options={outcomeWords.filter(([word]) => possible.includes(word))}
          onValue={(outcome) => set({ outcome })}
          {...error("outcome")}
        />
        {given.outcome === "case_started" && (
          <>
            <Select
              id="casus-soort"
              label="Waar gaat de casus over?"
              value={given.kind}
              onValue={(kind) => set({ kind: kind as meetings.CaseKind })}
            >
              {caseKinds.map(([kind, words]) => (
                <option key={kind} value={kind}>
                  {words}
                </option>
              ))}
            </Select>
            <Field
              id="casus-titel"
              label="Titel van de casus"
              value={given.title}
              onValue={(title) => set({ title })}
              {...error("title")}
            />
          </>
        )}
        {about && (
          <Select
            id="grond"
            label="Grond"
            value={given.ground}
            onValue={(ground) => set({ ground })}
            {...error("ground")}
          >
            <option value="">Kies een grond</option>
            {choices?.grounds.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
        <Field
          id="notitie"
          label="Wat spreken we af?"
          hint="In het verslag staan letters voor namen."
          optional
          rows={3}
          value={given.text}
          onValue={(text) => set({ text })}
        />
        <details class="fold" open={lack === "kind" || lack === "owner" || lack === "due"}>
          <summary>Actie afspreken</summary>
          <div class="stack stack--3">
            <Field
              id="actie-wat"
              label="Wat"
              value={given.action.text}
              onValue={(text) => act({ text })}
            />
            <Select
              id="actie-soort"
              label="Soort"
              value={given.action.kind}
              onValue={(kind) => act({ kind })}
              {...error("kind")}
            >
              <option value="">Kies een soort</option>
              {choices?.actions.map(({ id, text }) => (
                <option key={id} value={id}>
                  {text}
                </option>
              ))}
            </Select>
            <Select
              id="actie-wie"
              label="Wie"
              value={given.action.owner}
              onValue={(owner) => act({ owner })}
              {...error("owner")}
            >
              <option value="">Kies iemand</option>
              {choices?.owners.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <Field
              id="actie-voor"
              label="Vóór"
              type="date"
              value={given.action.due_on}
              onValue={(due_on) => act({ due_on })}
              {...error("due")}
            />
          </div>
        </details>
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
