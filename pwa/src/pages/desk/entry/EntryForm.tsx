import { useRef, useState } from "preact/hooks";
import * as areas from "../../../areas";
import * as cards from "../../../cards";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { ErrorSummary } from "../../../parts/ErrorSummary";
import { Field, Select } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import type { Basis, Desk, ObservationPlain, Person, Urgency } from "../../../types";
import { today } from "../day";
import { deskOf } from "../phrases";
import { explain, isRefusal } from "../problems";
import { type EntrySource, type Fault, type Form, faultsIn, withCard, withSource } from "./form";
import { forgetForm, formOf, keepForm } from "./kept";
import { Persons } from "./Persons";
import { Signals } from "./Signals";
import { type Body, handIn, sealEntry } from "./sending";

const sources: ReadonlyArray<readonly [EntrySource, string]> = [
  ["phone", "Telefoon"],
  ["mail", "Mail of brief"],
  ["conversation", "Gesprek"],
  ["police", "Politie"],
  ["anonymous_line", "Meld Misdaad Anoniem"],
];
const bases: ReadonlyArray<readonly [Basis, string]> = [
  ["seen", "Zelf gezien"],
  ["heard", "Gehoord"],
  ["suspected", "Vermoeden"],
];
const urgencies: ReadonlyArray<readonly [Urgency, string]> = [
  ["today", "Vandaag nog"],
  ["this_week", "Deze week"],
  ["can_wait", "Kan wachten"],
];
const desks: ReadonlyArray<readonly [Desk, string]> = [
  ["sociaal", "Sociaal"],
  ["veiligheid", "Veiligheid"],
];

interface EntryFormProps {
  me: Person;
  onEntered: (plain: ObservationPlain) => void;
}

/** One page, in the order in which somebody on the phone tells it. */
export function EntryForm({ me, onEntered }: EntryFormProps) {
  const [form, show] = useState(() => formOf(me.id, deskOf[me.role] ?? "sociaal"));
  const [faults, setFaults] = useState<Fault[]>([]);
  const [round, setRound] = useState(0);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  // What may have arrived already is only ever sent again as it was.
  const [unsure, setUnsure] = useState<Body | null>(null);
  const id = useRef(crypto.randomUUID());
  const acting = useRef(false);

  const put = (next: Form) => {
    keepForm(me.id, next);
    show(next);
    if (faults.length) setFaults(faultsIn(next, today()));
  };
  const set = (what: Partial<Form>) => put({ ...form, ...what });
  const errorAt = (field: string) => {
    const text = faults.find((fault) => fault.field === field)?.text;
    return text ? { error: text } : {};
  };

  async function send(event: Event) {
    event.preventDefault();
    if (acting.current) return;
    const found = unsure ? [] : faultsIn(form, today());
    setFaults(found);
    if (found.length) return setRound(round + 1);
    acting.current = true;
    setBusy(true);
    setProblem("");
    let body = unsure;
    try {
      const make = () => sealEntry(form, id.current, me.id);
      body ??= await make();
      const entered = await handIn(body, async () => {
        body = await make();
        return body;
      });
      forgetForm();
      onEntered(entered);
    } catch (error) {
      setProblem(explain(error));
      setUnsure(isRefusal(error) ? null : body);
    } finally {
      acting.current = false;
      setBusy(false);
    }
  }

  const card = cards.card(form.card);
  return (
    <form class="deskpage deskpage--narrow entry" onSubmit={send} noValidate>
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Invoeren
      </h1>
      <p>Voor wat niet door de app kwam. Je tekst wordt meteen verzegeld.</p>
      <ErrorSummary
        faults={faults.map(({ field, text }) => [field, text] as const)}
        round={round}
      />
      <fieldset class="entry__fields" disabled={unsure !== null}>
        <legend class="vh">Wat er is verteld</legend>
        <Choice<EntrySource>
          id="bron"
          legend="Hoe kwam het binnen?"
          value={form.source}
          options={sources}
          onValue={(source) => put(withSource(form, source))}
          {...errorAt("bron")}
        />
        <Field
          id="wat"
          label="Wat is er verteld?"
          hint="Wat is er gezien of gehoord? Geen afkomst, geloof of gezondheid."
          rows={4}
          value={form.what}
          onValue={(what) => set({ what })}
          {...errorAt("wat")}
        />
        <Choice<Basis>
          id="basis"
          legend="Hoe weet de melder dit?"
          segment
          value={form.basis}
          options={bases}
          onValue={(basis) => set({ basis })}
          {...errorAt("basis")}
        />
        <div class="entry__two">
          <Field
            id="dag"
            label="Welke dag was het?"
            type="date"
            max={today()}
            value={form.date}
            onValue={(date) => set({ date })}
            {...errorAt("dag")}
          />
          <Field
            id="tijd"
            label="Hoe laat?"
            optional
            type="time"
            value={form.time}
            onValue={(time) => set({ time })}
          />
        </div>
        <div class="entry__two">
          <Select id="buurt" label="Buurt" value={form.area} onValue={(area) => set({ area })}>
            <option value="">Weet ik niet</option>
            {areas.list().map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
          <Field
            id="plek"
            label="Waar precies?"
            optional
            value={form.where}
            onValue={(where) => set({ where })}
          />
        </div>
        <Persons persons={form.persons} onChange={(persons) => set({ persons })} />
        <Select
          id="kaart"
          label="Welke kaart past bij de melder?"
          value={form.card}
          onValue={(chosen) => put(withCard(form, chosen))}
        >
          {cards.cards().map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </Select>
        {card && (
          <Signals card={card} signals={form.signals} protective={form.protective} onChange={set} />
        )}
        <Choice<"yes" | "no">
          id="melder"
          legend="Is er een melder die antwoord krijgt?"
          segment
          value={form.reporter}
          options={[
            ["yes", "Ja"],
            ["no", "Nee, anoniem"],
          ]}
          onValue={(reporter) => set({ reporter })}
          {...errorAt("melder")}
        />
        {form.reporter === "yes" && (
          <div class="entry__two">
            <Field
              id="naam"
              label="Naam van de melder"
              optional
              value={form.name}
              onValue={(name) => set({ name })}
            />
            <Field
              id="bereik"
              label="Nummer of mailadres"
              hint="Verzegeld, om te vertellen wat je ermee deed."
              value={form.contact}
              onValue={(contact) => set({ contact })}
              {...errorAt("bereik")}
            />
          </div>
        )}
        <Choice<Urgency>
          id="spoed"
          legend="Hoe snel moet iemand kijken?"
          segment
          value={form.urgency}
          options={urgencies}
          onValue={(urgency) => set({ urgency })}
        />
        <Choice<Desk>
          id="loket"
          legend="Voor welk loket?"
          segment
          value={form.desk}
          options={desks}
          onValue={(desk) => set({ desk })}
        />
      </fieldset>
      {unsure && (
        <Notice kind="warning">
          <p>
            We weten niet of dit is aangekomen. Stuur het nog een keer: het komt nooit dubbel aan.
          </p>
        </Notice>
      )}
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem} Je tekst staat er nog.</p>
        </Notice>
      )}
      <div>
        <Button kind="primary-action" type="submit" disabled={busy}>
          {busy ? "Wordt bewaard…" : "Verzegel en bewaar"}
        </Button>
      </div>
    </form>
  );
}
