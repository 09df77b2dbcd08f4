import { useState } from "preact/hooks";
import { ApiError, observation } from "../../../api";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { Field, Select } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { Tick } from "../../../parts/Tick";
import type { FeedbackKind, Told } from "../../../types";
import type { Member } from "../bundles/bundles";
import { memberTitle } from "../bundles/phrases";
import type { BundleSlotProps } from "../bundles/slots";
import { kinds, longestText } from "../draft";
import { answerWords, toldWords } from "../phrases";
import { codeOf, explain } from "../problems";
import { answerAll } from "./calls";
import { idsFor, reasonsOf } from "./given";
import { Meanwhile } from "./Meanwhile";
import { type Theirs, theirsIn } from "./theirs";

type Place = "zin-allen" | "wie-allen" | `verteld-${string}`;

/**
 * Everybody hears it of the own report. Each one is looked at and ticked; of a reporter without the
 * app is said how they were told.
 */
export default function BundleSlot({ bundle, me, onChanged }: BundleSlotProps) {
  const inside = bundle.members.map(({ observation }) => observation);
  // Who told it without a name cannot be answered.
  const all = inside.filter(({ nobody }) => !nobody);
  const [ids] = useState(() => idsFor());
  // With what was seen of each when it was ticked.
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map());
  const [kind, setKind] = useState<FeedbackKind | "">("");
  const [text, setText] = useState("");
  const [told, setTold] = useState<Readonly<Record<string, Told | "">>>({});
  const [fault, setFault] = useState<{ field: Place; text: string } | null>(null);
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState("");
  const [theirs, setTheirs] = useState<readonly Theirs[]>([]);
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  const waiting = all.filter(({ answered }) => !answered).length;

  const toggle = (one: Member) => {
    const next = new Map(chosen);
    if (!next.delete(one.id)) next.set(one.id, one.version);
    setChosen(next);
    setFault(null);
  };
  const answersFor = (seen: ReadonlyMap<string, number>) =>
    all.flatMap((one) => {
      const version = seen.get(one.id);
      if (version === undefined) return [];
      const way = hasNoApp(one) && told[one.id];
      return { observation: one.id, id: ids.of(one.id), version, ...(way && { told: way }) };
    });

  /** What changed is looked at: one's own steps were seen, a colleague's are shown. */
  async function compare(seen: ReadonlyMap<string, number>, error: ApiError) {
    const asked = answersFor(seen).map((one) => one.observation);
    const faulty = Object.keys(reasonsOf(error.problem?.invalid_params, asked));
    const changed = await Promise.all(faulty.map(observation));
    const news = theirsIn(changed, me.id);
    const next = new Map(seen);
    for (const { id, version } of changed) next.set(id, version);
    for (const { plain } of news) next.delete(plain.id);
    setChosen(next);
    setTheirs(news);
    onChanged();
    return news.length === 0 && changed.some(({ id, version }) => seen.get(id) !== version)
      ? next
      : null;
  }

  async function send(event: Event) {
    event.preventDefault();
    if (busy) return;
    const silent = all.find((one) => chosen.has(one.id) && hasNoApp(one) && !told[one.id]);
    const lack: { field: Place; text: string } | false = !kind
      ? { field: "zin-allen", text: "Kies een zin." }
      : chosen.size === 0
        ? { field: "wie-allen", text: "Vink aan bij wie je hebt gekeken." }
        : !!silent && { field: `verteld-${silent.id}`, text: "Kies hoe je het vertelde." };
    if (lack) {
      setFault(lack);
      document.getElementById(lack.field)?.focus();
      return;
    }
    setBusy(true);
    setProblem("");
    setReasons({});
    setTheirs([]);
    await give(chosen);
    setBusy(false);
  }

  async function give(seen: ReadonlyMap<string, number>): Promise<void> {
    const answers = answersFor(seen);
    try {
      const { answered } = await answerAll(bundle.id, kind as FeedbackKind, text.trim(), answers);
      ids.done();
      say(`Vastgelegd voor ${answered} ${answered === 1 ? "melder" : "melders"}.`);
      setChosen(new Map());
      setTold({});
      setText("");
      onChanged();
    } catch (error) {
      await recover(error, seen);
    }
  }

  async function recover(error: unknown, seen: ReadonlyMap<string, number>): Promise<void> {
    if (!(error instanceof ApiError)) return setProblem(explain(error));
    if (codeOf(error) === "version") {
      try {
        const again = await compare(seen, error);
        return again ? give(again) : undefined;
      } catch (second) {
        return setProblem(explain(second));
      }
    }
    setProblem(explain(error));
    const asked = answersFor(seen).map((one) => one.observation);
    setReasons(reasonsOf(error.problem?.invalid_params, asked));
  }
  const errorAt = (field: Place) => (fault?.field === field ? fault.text : undefined);
  return (
    <section class="part" aria-labelledby="allen">
      <h2 class="utrecht-heading-2" id="allen">
        Antwoord aan alle melders
      </h2>
      <p class="meta">
        {waiting
          ? `${waiting} van ${all.length} melders ${waiting === 1 ? "wacht" : "wachten"} op antwoord.`
          : "Alle melders kregen antwoord."}{" "}
        Ieder leest het bij de eigen melding. Wie de app niet heeft, vertel je het zelf.
        {inside.length > all.length && " Wie zonder naam meldde, staat er niet bij."}
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
                text={rowText(one)}
                heavy={reasons[one.id]}
                red
                checked={chosen.has(one.id)}
                onToggle={() => toggle(one)}
              />
            ))}
          </ul>
          {all
            .filter((one) => hasNoApp(one) && chosen.has(one.id))
            .map((one) => (
              <Select
                key={one.id}
                id={`verteld-${one.id}`}
                label={`Hoe vertelde je het aan de melder van ${memberTitle(one)}, ${one.receipt}?`}
                value={told[one.id] ?? ""}
                onValue={(way) => {
                  setTold({ ...told, [one.id]: way as Told | "" });
                  setFault(null);
                }}
                error={errorAt(`verteld-${one.id}`)}
              >
                <option value="">Maak een keuze</option>
                {toldWords.map(([way, text]) => (
                  <option key={way} value={way}>
                    {text}
                  </option>
                ))}
              </Select>
            ))}
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
          error={errorAt("zin-allen")}
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
        {theirs.length > 0 && (
          <Meanwhile
            theirs={theirs}
            mine={[kind && answerWords()[kind], text.trim()].filter(Boolean).join(": ")}
          />
        )}
        {problem && (
          <Notice kind="error" role="alert">
            <p>{problem} Niemand heeft iets gekregen. Je tekst staat er nog.</p>
          </Notice>
        )}
        <div>
          <Button kind="primary-action" type="submit" disabled={busy}>
            {busy ? "Wordt verstuurd…" : sendText(chosen.size)}
          </Button>
        </div>
        <p role="status" class="meta">
          {said}
        </p>
      </form>
    </section>
  );
}

/** The desk entered what somebody told, so the desk tells the answer. */
const hasNoApp = ({ source }: Member) => source !== "app";

/** Two of one day and card differ in their number. */
function rowText(one: Member): string {
  const app = hasNoApp(one) && "zonder app";
  const heard = one.answered && "kreeg al antwoord";
  return [memberTitle(one), one.receipt, app, heard].filter(Boolean).join(", ");
}

function sendText(count: number): string {
  if (count === 0) return "Stuur terugkoppeling";
  return `Stuur aan ${count} ${count === 1 ? "melder" : "melders"}`;
}
