import { useState } from "preact/hooks";
import { giveFeedback } from "../../api";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Choice";
import { Field } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Notice } from "../../parts/Notice";
import type { Feedback, FeedbackKind, ObservationPlain } from "../../types";
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
  startSending,
} from "./draft";
import { answerWords } from "./phrases";
import { codeOf, explain, fieldReason, isRefusal } from "./problems";

interface AnswerProps {
  plain: ObservationPlain;
  /** The names in the letter; null when the letter could not be read. */
  names: string[] | null;
  onSent: (plain: ObservationPlain, feedback: Omit<Feedback, "at">) => void;
}

const named = "In deze zin staat een naam uit de melding. Haal die weg.";
const faults: Record<Missing, { field: "zin" | "eigen"; text: string }> = {
  kind: { field: "zin", text: "Kies een zin." },
  question: { field: "eigen", text: "Schrijf je vraag op." },
  too_long: { field: "eigen", text: "Deze tekst is te lang. Houd het bij 1000 tekens." },
  name: { field: "eigen", text: named },
};

type Fault = { field: "zin" | "eigen"; text: string } | null;

/** The answer to the reporter: a ready sentence, with own words when that helps, and never a name. */
export function Answer({ plain, names, onSent }: AnswerProps) {
  const { id } = plain;
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

  async function send(event: Event) {
    event.preventDefault();
    // Not what was drawn last, but what is true now: a double click comes before the next drawing.
    const now = draftOf(id);
    const lack = now.stage === "writing" ? missing(now, names ?? []) : null;
    if (lack) return point(faults[lack]);
    const sending = startSending(now);
    if (!sending?.kind) return;
    set(sending);
    const text = sending.text.trim();
    const feedback = { id: sending.id, kind: sending.kind, ...(text && { text }) };
    try {
      const answer = await giveFeedback(id, feedback);
      finishDraft(id);
      show(draftOf(id));
      setProblem("");
      setSent("Verstuurd. De melder leest dit bij Mijn meldingen en krijgt een seintje.");
      onSent(answer, { ...feedback, text: text || null });
    } catch (error) {
      const sentence = explain(error);
      setProblem("");
      set(notSent(sending, isRefusal(error)));
      if (codeOf(error) === "names_somebody") return point(faults.name);
      const reason = fieldReason(error, "text");
      if (reason) return point({ field: "eigen", text: reason });
      setProblem(sentence);
    }
  }

  const text = draft.text.trim();
  const question = draft.kind === "question";
  const errorAt = (field: "zin" | "eigen") => fault?.field === field && { error: fault.text };
  return (
    <form class="answer" aria-labelledby="antwoord" onSubmit={send} noValidate>
      <div>
        <h2 class="utrecht-heading-2" id="antwoord" tabIndex={-1}>
          Antwoord aan de melder
        </h2>
        <p class="meta">{plain.reporter.name} leest dit. Noem geen namen en geen details.</p>
      </div>
      <fieldset class="answer__fields" disabled={draft.stage !== "writing"}>
        <legend class="vh">Wat je antwoordt</legend>
        <Choice<FeedbackKind>
          id="zin"
          legend={<span class="vh">Zin</span>}
          value={draft.kind}
          options={kinds.map((kind) => [kind, answerWords[kind]] as const)}
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
      </fieldset>
      <NameCheck text={fault ? "" : text} names={names} />
      {/* Nothing above the button comes or goes, so that a second click cannot land on another one. */}
      <Button kind="primary-action" type="submit" wide>
        {draft.stage === "sending" ? "Wordt verstuurd…" : "Stuur terugkoppeling"}
      </Button>
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
