import { useRef, useState } from "preact/hooks";
import { giveFeedback } from "../../api";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { Field } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Notice } from "../../parts/Notice";
import { Tick } from "../../parts/Tick";
import type { Feedback, FeedbackKind, ObservationPlain, Told } from "../../types";
import { AnswerClash, type Theirs } from "./AnswerClash";
import {
  change,
  type Draft,
  draftOf,
  finishDraft,
  keepDraft,
  kinds,
  type Missing,
  missing,
  namesSomebody,
  notSent,
  saysWhatFollows,
  startSending,
} from "./draft";
import { lastChangeBy } from "./history";
import { isGoingOn, setGoingOn } from "./next";
import { answerWords, toldWords } from "./phrases";
import { codeOf, explain, fieldReason, isRefusal } from "./problems";

interface AnswerProps {
  plain: ObservationPlain;
  me: string;
  /** The names in the letter; null when the letter could not be read. */
  names: string[] | null;
  /** Reads again what a colleague did, because two answered at once. */
  readAgain: () => Promise<Theirs>;
  /** ``goOn``: whoever sent it wants the next report. */
  onSent: (plain: ObservationPlain, feedback: Omit<Feedback, "at">, goOn: boolean) => void;
}

type Place = "zin" | "eigen" | "verteld";

const named = "In deze zin staat een naam uit de melding. Haal die weg.";
const faults: Record<Missing, { field: Place; text: string }> = {
  kind: { field: "zin", text: "Kies een zin." },
  question: { field: "eigen", text: "Schrijf je vraag op." },
  too_long: { field: "eigen", text: "Deze tekst is te lang. Houd het bij 1000 tekens." },
  name: { field: "eigen", text: named },
  told: { field: "verteld", text: "Kies hoe je het vertelde." },
};

type Fault = { field: Place; text: string } | null;

/** The answer to the reporter: a ready sentence, with own words when that helps, and never a name. */
export function Answer({ plain, me, names, readAgain, onSent }: AnswerProps) {
  const { id } = plain;
  const entered = plain.source !== "app";
  // What its writer has seen: a change after that is looked at before anything is sent.
  const seen = useRef(plain.version);
  // Opening it was a change of one's own, and is no news.
  if (lastChangeBy(plain, me) === null) seen.current = plain.version;
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const [goOn, setGoOn] = useState(isGoingOn);
  const [draft, show] = useState(() => draftOf(id));
  const [fault, setFault] = useState<Fault>(null);
  const [problem, setProblem] = useState("");
  const [sent, setSent] = useState("");

  const set = (next: Draft) => {
    keepDraft(id, next);
    show(next);
  };
  const point = (to: Fault) => {
    setFault(to);
    if (to) document.getElementById(to.field)?.focus();
  };
  const edit = (what: Parameters<typeof change>[1]) => {
    set(change(draftOf(id), what));
    setFault(null);
    setSent("");
  };

  async function send(event?: Event) {
    event?.preventDefault();
    // Not what was drawn last, but what is true now: a double click comes before the next drawing.
    const now = draftOf(id);
    const lack = now.stage === "writing" ? missing(now, names ?? [], entered) : null;
    if (lack) return point(faults[lack]);
    const sending = startSending(now);
    if (!sending?.kind) return;
    set(sending);
    const text = sending.text.trim();
    const close = sending.close && saysWhatFollows(sending.kind) && plain.state !== "closed";
    const feedback = {
      id: sending.id,
      kind: sending.kind,
      version: seen.current,
      ...(text && { text }),
      ...(sending.told && { told: sending.told }),
      ...(close && { close }),
    };
    try {
      const answer = await giveFeedback(id, feedback);
      seen.current = answer.version;
      setTheirs(null);
      finishDraft(id);
      show(draftOf(id));
      setProblem("");
      setSent(
        entered
          ? "Afgevinkt. De melder heeft dit van jou gehoord."
          : "Verstuurd. De melder leest dit bij Mijn meldingen en krijgt een seintje.",
      );
      onSent(answer, { id: sending.id, kind: sending.kind, text: text || null }, goOn);
    } catch (error) {
      const sentence = explain(error);
      setProblem("");
      set(notSent(sending, isRefusal(error)));
      if (codeOf(error) === "version") return compare();
      if (codeOf(error) === "names_somebody") return point(faults.name);
      const reason = fieldReason(error, "text");
      if (reason) return point({ field: "eigen", text: reason });
      setProblem(sentence);
    }
  }

  async function compare() {
    try {
      setTheirs(await readAgain());
    } catch (error) {
      setProblem(explain(error));
    }
  }

  function again() {
    seen.current = plain.version;
    setTheirs(null);
    void send();
  }

  const text = draft.text.trim();
  const question = draft.kind === "question";
  const errorAt = (field: Place) => fault?.field === field && { error: fault.text };
  return (
    <form class="answer" aria-labelledby="antwoord" onSubmit={send} noValidate>
      <div>
        <h2 class="utrecht-heading-2" id="antwoord" tabIndex={-1}>
          Antwoord aan de melder
        </h2>
        <p class="meta">
          {entered
            ? "Deze melder heeft de app niet. Vertel het zelf, zonder namen en details, en vink het hier af."
            : `${plain.reporter.name} leest dit. Noem geen namen en geen details.`}
        </p>
      </div>
      <fieldset class="answer__fields" disabled={draft.stage !== "writing"}>
        <legend class="vh">Wat je antwoordt</legend>
        <Choice<FeedbackKind>
          id="zin"
          legend={<span class="vh">Zin</span>}
          value={draft.kind}
          options={kinds.map((kind) => [kind, answerWords()[kind]] as const)}
          onValue={(kind) => edit({ kind })}
          {...errorAt("zin")}
        />
        <Field
          id="eigen"
          label={question ? "Je vraag" : "Eigen zin erbij"}
          optional={!question}
          rows={3}
          value={draft.text}
          onValue={(value) => edit({ text: value })}
          {...errorAt("eigen")}
        />
        {entered && (
          <Choice<Told>
            id="verteld"
            legend="Hoe vertelde je het?"
            value={draft.told}
            options={toldWords}
            onValue={(told) => edit({ told })}
            {...errorAt("verteld")}
          />
        )}
        {saysWhatFollows(draft.kind) && plain.state !== "closed" && (
          <Tick
            alone
            id="afronden"
            text="Rond de melding meteen af"
            checked={draft.close}
            onToggle={() => edit({ close: !draft.close })}
          />
        )}
      </fieldset>
      <NameCheck text={fault ? "" : text} names={names} />
      {/* Nothing above the button comes or goes, so that a second click cannot land on another one. */}
      <Button kind="primary-action" type="submit" wide>
        {draft.stage === "sending"
          ? "Wordt verstuurd…"
          : entered
            ? "Vink af"
            : "Stuur terugkoppeling"}
      </Button>
      <Tick
        alone
        id="volgende"
        text="Ga daarna naar de volgende melding"
        checked={goOn}
        onToggle={() => {
          setGoingOn(!goOn);
          setGoOn(!goOn);
        }}
      />
      {theirs && (
        <AnswerClash
          theirs={theirs}
          draft={draft}
          onAgain={again}
          onLeave={() => {
            seen.current = plain.version;
            setTheirs(null);
            document.getElementById("antwoord")?.focus();
          }}
        />
      )}
      {draft.stage === "unsure" && (
        <Notice kind="warning">
          <p>
            We weten niet of dit is aangekomen. Stuur het nog een keer: de melder krijgt het nooit
            dubbel.
          </p>
        </Notice>
      )}
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem} Je tekst staat er nog.</p>
        </Notice>
      )}
      <p class={sent ? "clean" : "vh"} role="status">
        {sent && <Icon name="check" small />}
        {sent}
      </p>
    </form>
  );
}

/** Runs while typing, so it only says and never interrupts. */
function NameCheck({ text, names }: { text: string; names: string[] | null }) {
  const checked = text !== "" && names !== null;
  const bad = checked && namesSomebody(text, names);
  return (
    <p class={bad ? "meta clean clean--check clean--not" : "meta clean clean--check"} role="status">
      {checked && <Icon name={bad ? "alert" : "check"} small />}
      {checked && (bad ? named : "Deze tekst noemt niemand uit de melding.")}
    </p>
  );
}
