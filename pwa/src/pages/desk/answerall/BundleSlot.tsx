import { useState } from "preact/hooks";
import { ApiError } from "../../../api";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { Field } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { Tick } from "../../../parts/Tick";
import type { FeedbackKind } from "../../../types";
import type { Member } from "../bundles/bundles";
import { memberTitle } from "../bundles/phrases";
import type { BundleSlotProps } from "../bundles/slots";
import { kinds, longestText } from "../draft";
import { answerWords } from "../phrases";
import { explain } from "../problems";
import { answerAll } from "./calls";
import { idsFor, reasonsOf } from "./given";

/**
 * Everybody hears it of the own report. Each one is looked at and ticked; a reporter without the
 * app is told by somebody, so those are answered on their own page.
 */
export default function BundleSlot({ bundle, onChanged }: BundleSlotProps) {
  const all = bundle.members.map(({ observation }) => observation);
  const [ids] = useState(() => idsFor());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [kind, setKind] = useState<FeedbackKind | "">("");
  const [text, setText] = useState("");
  const [fault, setFault] = useState<{ field: "zin-allen" | "wie-allen"; text: string } | null>(
    null,
  );
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  const waiting = all.filter(({ answered }) => !answered).length;

  const toggle = (one: Member) => {
    const next = new Set(chosen);
    if (!next.delete(one.id)) next.add(one.id);
    setChosen(next);
    setFault(null);
  };
  async function send(event: Event) {
    event.preventDefault();
    if (busy) return;
    const lack = !kind
      ? ({ field: "zin-allen", text: "Kies een zin." } as const)
      : chosen.size === 0 &&
        ({ field: "wie-allen", text: "Vink aan bij wie je hebt gekeken." } as const);
    if (lack) {
      setFault(lack);
      document.getElementById(lack.field)?.focus();
      return;
    }
    setBusy(true);
    setProblem("");
    setReasons({});
    const answers = all
      .filter(({ id }) => chosen.has(id))
      .map(({ id }) => ({ observation: id, id: ids.of(id) }));
    try {
      const { answered } = await answerAll(bundle.id, kind as FeedbackKind, text.trim(), answers);
      ids.done();
      say(`Verstuurd aan ${answered} ${answered === 1 ? "melder" : "melders"}.`);
      setChosen(new Set());
      setText("");
      onChanged();
    } catch (error) {
      setProblem(explain(error));
      if (error instanceof ApiError)
        setReasons(
          reasonsOf(
            error.problem?.invalid_params,
            answers.map((one) => one.observation),
          ),
        );
    }
    setBusy(false);
  }
  const errorAt = (field: "zin-allen" | "wie-allen") => fault?.field === field && fault.text;
  return (
    <section class="part" aria-labelledby="allen">
      <h2 class="utrecht-heading-2" id="allen">
        Antwoord aan alle melders
      </h2>
      <p class="meta">
        {waiting
          ? `${waiting} van ${all.length} melders ${waiting === 1 ? "wacht" : "wachten"} op antwoord.`
          : "Alle melders kregen antwoord."}{" "}
        Ieder leest het bij de eigen melding.
      </p>
      <form class="stack stack--3" onSubmit={send} noValidate aria-labelledby="allen">
        <fieldset
          class="utrecht-form-fieldset__fieldset utrecht-form-fieldset--html-fieldset"
          id="wie-allen"
          tabIndex={-1}
        >
          <legend class="utrecht-form-label">Aan wie? Kijk eerst elke melding na.</legend>
          {errorAt("wie-allen") && (
            <p class="utrecht-form-field-error-message">{errorAt("wie-allen")}</p>
          )}
          <ul class="list">
            {all.map((one) => (
              <Tick
                key={one.id}
                id={`aan-${one.id}`}
                text={`${memberTitle(one)}${one.answered ? ", kreeg al antwoord" : ""}${
                  reasons[one.id] ? `. ${reasons[one.id]}` : ""
                }`}
                checked={chosen.has(one.id)}
                onToggle={() => toggle(one)}
              />
            ))}
          </ul>
        </fieldset>
        <Choice<FeedbackKind>
          id="zin-allen"
          legend="Wat antwoord je?"
          value={kind}
          options={kinds
            .filter((one) => one !== "question")
            .map((one) => [one, answerWords()[one]] as const)}
          onValue={(one) => {
            setKind(one);
            setFault(null);
          }}
          error={errorAt("zin-allen") || undefined}
        />
        <Field
          id="eigen-allen"
          label="Eigen zin erbij"
          hint="Noem geen namen en geen details: ieder leest hetzelfde."
          optional
          rows={3}
          value={text}
          onValue={setText}
          error={
            text.length > longestText
              ? "Deze tekst is te lang. Houd het bij 1000 tekens."
              : undefined
          }
        />
        {problem && (
          <Notice kind="error" role="alert">
            <p>{problem} Niemand heeft iets gekregen. Je tekst staat er nog.</p>
          </Notice>
        )}
        <div>
          <Button kind="primary-action" type="submit" disabled={busy}>
            {busy ? "Wordt verstuurd…" : `Stuur aan ${chosen.size || "niemand"}`}
          </Button>
        </div>
        <p role="status" class="meta">
          {said}
        </p>
      </form>
    </section>
  );
}
