import { useEffect, useState } from "preact/hooks";
import * as cards from "../../cards";
import * as drafts from "../../drafts";
import * as mine from "../../mine";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Field } from "../../parts/Field";
import { Crumb, Heading, Page, Title } from "../../parts/Page";
import { tooLong } from "../../seal";
import { current } from "../../session";
import type { Gone, Mine } from "../../types";
import { NotFound } from "../NotFound";
import { storeFault } from "../report/send";
import { useAnswer } from "../use";
import { additionText, draftOf, storeAddition } from "./addition";
import { Away } from "./Expected";
import { goneText, openQuestion } from "./feedback";
import { CallNow } from "./MineList";
import { placeOf, signalsOf, whenOf } from "./place";
import { Reread } from "./Reread";
import { StatusBadge } from "./status";
import { Timeline } from "./Timeline";
import { isWithdrawing, Withdraw } from "./Withdraw";

export function Thread({ id, adding }: { id: string; adding: boolean }) {
  const one = useAnswer(() => mine.one(id).then((found) => found ?? null), id, mine.onChange);
  useEffect(() => {
    mine.markSeen(id);
  }, [id]);
  if (one === undefined) return null;
  if (one?.gone) return <Erased one={one} gone={one.gone} />;
  return one ? <Open one={one} addNow={adding} /> : <NotFound />;
}

/** Of what was deleted only this is left: nothing to open, add to or take back. */
const Erased = ({ one, gone }: { one: Mine; gone: Gone }) => (
  <Page title={placeOf(one)}>
    <Crumb href="#/mijn" text="Mijn meldingen" />
    <div class="head">
      <Title>{placeOf(one)}</Title>
      <p class="meta cap">
        {whenOf(one)}, bonnummer {one.receipt}
      </p>
      <StatusBadge one={one} />
    </div>
    <p class="note">{goneText(gone)}</p>
    <p class="meta space">Zie je weer iets? Maak dan een nieuwe melding.</p>
  </Page>
);

function Open({ one, addNow }: { one: Mine; addNow: boolean }) {
  const question = openQuestion(one);
  const asked = question?.id;
  const draft = draftOf(one.id);
  const [adding, setAdding] = useState(addNow);
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const person = current();

  useEffect(() => {
    drafts.load<string>(draft).then((found) => {
      if (!found) return;
      setText(found.form);
      setAdding(true);
    });
  }, [draft]);

  // A question is what somebody came for; what happened before stands above it.
  useEffect(() => {
    if (asked) document.querySelector(".thread > .open")?.scrollIntoView({ block: "center" });
  }, [asked]);

  const type = (value: string) => {
    setText(value);
    setFault("");
    drafts.save(draft, value);
  };
  const send = async () => {
    if (!person || busy) return;
    const wrong = !text.trim()
      ? "Schrijf eerst wat je wilt sturen."
      : tooLong(additionText(text)) &&
        "Je tekst is te lang. Maak hem korter, of stuur hem in twee delen.";
    if (wrong) {
      setFault(wrong);
      document.getElementById("antwoord")?.focus();
      return;
    }
    setBusy(true);
    try {
      await storeAddition(one.id, text, person, asked);
      setText("");
      setAdding(false);
      setNote("Verzegeld. We versturen het vanzelf.");
    } catch (error) {
      setFault(storeFault(error));
    }
    setBusy(false);
  };

  const writing = !!person && (adding || !!question) && !isWithdrawing(one);
  return (
    <Page
      title={`Melding ${placeOf(one)}`}
      foot={
        writing && (
          <Dock label="Versturen" one note={note}>
            <Button kind="primary-action" onClick={send}>
              {question ? "Verzegel en stuur antwoord" : "Verzegel en stuur aanvulling"}
            </Button>
          </Dock>
        )
      }
    >
      <Crumb href="#/mijn" text="Mijn meldingen" />
      <div class="head">
        <Title>{placeOf(one)}</Title>
        <p class="meta cap">
          {whenOf(one)}, {signalsOf(one)}
          {one.receipt && `, bonnummer ${one.receipt}`}
        </p>
        <StatusBadge one={one} />
      </div>
      {one.urgency === "today" && !one.receipt && <CallNow />}
      <Timeline one={one} />
      <Away id={one.id} />
      {writing && (
        <Field
          id="antwoord"
          rows={4}
          label={question ? "Jouw antwoord" : "Jouw aanvulling"}
          hint="Schrijf feiten. Geen afkomst, geloof of gezondheid."
          value={text}
          error={fault || undefined}
          onValue={type}
        />
      )}
      {!writing && (
        <p class="note" role="status">
          {note || expectation(one)}
        </p>
      )}
      {person && (
        <>
          <Heading>Wat wil je doen?</Heading>
          <div class="stack stack--3">
            {!writing && !isWithdrawing(one) && (
              <Button onClick={() => setAdding(true)}>Vul deze melding aan</Button>
            )}
            {one.receipt && <Reread id={one.id} />}
            <Withdraw one={one} />
          </div>
        </>
      )}
    </Page>
  );
}

function expectation(one: Mine): string {
  const terms = cards.gemeente()?.terms;
  if (one.feedback.length) return "Zie je later meer? Vul je melding aan.";
  return `Je hoort binnen ${terms?.answer_days ?? 10} werkdagen wat we ermee doen.`;
}
