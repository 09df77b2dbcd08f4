import { useEffect, useRef, useState } from "preact/hooks";
import * as cards from "../../cards";
import * as choice from "../../choice";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { ErrorSummary, type Faults } from "../../parts/ErrorSummary";
import { Notice } from "../../parts/Notice";
import { Crumb, Page, Title } from "../../parts/Page";
import { Problem } from "../../parts/Problem";
import { go } from "../../router";
import { tooLong } from "../../seal";
import { current } from "../../session";
import type { Card } from "../../types";
import { NoCard } from "../NoCard";
import { useChanges } from "../use";
import type { Ask } from "./ask";
import { Check } from "./Check";
import { Fast } from "./Fast";
import { faults, type Step } from "./faults";
import { Investigation } from "./Investigation";
import { Invited } from "./Invited";
import { sealedPart } from "./observation";
import { Place } from "./Place";
import { Progress } from "./Progress";
import { store, storeFault } from "./send";
import { useForm } from "./useForm";
import { What } from "./What";
import { Who } from "./Who";

const TITLES = [
  "Melden",
  "Wat zag of hoorde je?",
  "Waar en wanneer?",
  "Om wie gaat het?",
  "Klopt dit?",
];
const NEXT = ["", "Verder: waar en wanneer", "Verder: wie", "Verder: nakijken", ""];
const SEAL = "Verzegel en verstuur";

export function Report({ id, step }: { id: string; step: Step }) {
  useChanges(cards.onChange, choice.onChange);
  useEffect(() => void choice.load(id), [id]);
  const card = cards.card(id);
  const person = current();
  if (!card) return <NoCard />;
  if (!person || card.public) return <Invited card={card} />;
  return <Filling key={id} card={card} step={step} />;
}

/** Keeps the form while its steps come and go. */
function Filling({ card, step }: { card: Card; step: Step }) {
  const { form, restored, saved, set, restart } = useForm(card);
  const [tried, setTried] = useState<{ step: Step; round: number }>({ step, round: 0 });
  const [problem, setProblem] = useState("");
  // From the tap on "Verzegel" nothing may change: it would not be in the seal, only in a new draft.
  const sealing = useRef(false);
  const [entry] = useState(step);
  const itemId = useRef(crypto.randomUUID());
  const person = current();
  if (!form || !person) return null;

  const ticked = choice.ticked(card.id);
  const signals = card.signals.filter((signal) => ticked.includes(signal.id)).length;
  const missing = () =>
    faults(form, card, signals, step, new Date(), tooLong(sealedPart(form, card)));
  const shown: Faults = tried.round && tried.step === step ? missing() : [];
  const last = step === 0 || step === 4;

  const submit = async (event?: Event) => {
    event?.preventDefault();
    if (sealing.current) return;
    if (missing().length) return setTried({ step, round: tried.round + 1 });
    setTried({ step, round: 0 });
    if (!last) return go(`/melden/${card.id}/${step + 1}`);
    sealing.current = true;
    try {
      await store(itemId.current, form, card, ticked, person);
    } catch (error) {
      sealing.current = false;
      return setProblem(storeFault(error));
    }
    choice.clear(card.id);
    go(`/verzegeld/${itemId.current}`, true);
  };

  const ask: Ask = {
    card,
    form,
    faults: shown,
    set: (some) => {
      if (!sealing.current) set(some);
    },
  };
  const home = `#/kaart/${card.id}`;
  const back =
    step > 1 ? `#/melden/${card.id}/${step - 1}` : step && signals ? `#/melden/${card.id}` : home;
  if (form.investigation === "yes" && card.form.wpg) return <Investigation {...ask} />;
  return (
    <Page
      title={TITLES[step] ?? ""}
      foot={
        <Dock
          label={last ? "Versturen" : "Verder"}
          one
          note={last ? "Daarna kan alleen de gemeente het lezen" : saved}
        >
          <Button kind="primary-action" onClick={submit}>
            {last ? SEAL : NEXT[step]}
          </Button>
        </Dock>
      }
    >
      <Crumb href={back} text="Terug">
        <a class="utrecht-link utrecht-link--html-a tap stop" href={home}>
          Stoppen
        </a>
      </Crumb>
      {step > 0 && <Progress step={step} />}
      <ErrorSummary faults={shown} round={tried.step === step ? tried.round : 0} />
      <div class="head">
        <Title>{TITLES[step]}</Title>
      </div>
      {restored && step === entry && (
        <Notice role="status">
          <p>Je was hier al mee bezig. Wat je schreef, staat er nog.</p>
          <Button kind="subtle" onClick={restart}>
            Begin opnieuw
          </Button>
        </Notice>
      )}
      <Problem text={problem} />
      <form class="form" noValidate onSubmit={submit}>
        {step === 0 && <Fast {...ask} ticked={ticked} />}
        {step === 1 && <What {...ask} ticked={ticked} />}
        {step === 2 && <Place {...ask} />}
        {step === 3 && <Who {...ask} />}
        {step === 4 && <Check card={card} form={form} ticked={ticked} />}
      </form>
    </Page>
  );
}
