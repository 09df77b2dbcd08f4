import { useState } from "preact/hooks";
import { observation, openObservation } from "../../api";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import type { Opening, Person } from "../../types";
import { AlsoHere } from "./AlsoHere";
import { Answer } from "./Answer";
import type { Theirs } from "./AnswerClash";
import { shortDay } from "./day";
import { FollowUp } from "./FollowUp";
import { type Filter, inboxPath } from "./filter";
import { lastChangeBy, linesOf } from "./history";
import { namesIn, readLetter } from "./letter";
import { Nearby } from "./Nearby";
import { areaName, otherVersion, wordedProtective, wordedSignals } from "./names";
import { OpenLetter, ShutLetter } from "./OpenLetter";
import { answerWords, deskOf, purposeWords, signalCount, stateWords } from "./phrases";
import { explain } from "./problems";
import { ReportHead } from "./ReportHead";
import { groundName, receiverName } from "./referral";
import { Shielded } from "./Shielded";
import { SignalList } from "./SignalList";
import { States } from "./States";
import { Slot } from "./slots";
import { Timeline } from "./Timeline";
import { useReferralNames } from "./useReferralNames";
import type { Report } from "./useReport";
import { Withdrawal } from "./Withdrawal";

export interface ReportProps {
  report: Report;
  me: Person;
  filter: Filter;
  /** Something changed on the server that the list shows as well. */
  onChanged: () => void;
  /** An answer went out and whoever sent it wants the next report. */
  onNext: (answered: string) => void;
}

interface OpenedProps extends ReportProps {
  opening: Opening;
  /** Colleagues who have it open as well. */
  here: readonly string[];
}

function bothTitle(signals: number, factors: number): string {
  if (factors === 0) return signalCount(signals);
  const kind = factors === 1 ? "beschermende factor" : "beschermende factoren";
  return `${signalCount(signals)}, ${factors} ${kind}`;
}

/** A report with its envelope open: the letter, what happened, and the answer always in sight. */
export function Opened(props: OpenedProps) {
  const { report, opening, me, filter, here, onChanged, onNext } = props;
  const { plain, news } = report;
  useReferralNames(plain);
  if (!plain) return null;
  const letter = opening.opened ? readLetter(opening.opened) : null;
  const protective = wordedProtective(plain);
  const keep = (next: typeof plain) => {
    report.keep(next);
    onChanged();
  };
  const readAgain = async (): Promise<Theirs> => {
    const purpose = deskOf[me.role] === plain.desk ? "handle" : "consult";
    const now = await observation(plain.id);
    const again = await openObservation(plain.id, purpose);
    const known = opening.feedback.map(({ id }) => id);
    const news = again.feedback.filter(({ id }) => !known.includes(id)).at(-1);
    report.setOpening(again);
    keep(now);
    return {
      by: lastChangeBy(now, me.id) ?? "Een ander",
      state: stateWords[now.state],
      answer: news ? { kind: answerWords()[news.kind], text: news.text } : null,
    };
  };
  const slot = {
    plain,
    me,
    opened: true,
    onChanged: (next?: typeof plain) => {
      if (next) return keep(next);
      report.refresh();
      onChanged();
    },
  };
  return (
    <div class="obs">
      <section class="pane" aria-labelledby="melding">
        <nav class="crumbs" aria-label="Kruimelpad">
          <a class="utrecht-link utrecht-link--html-a" href={`#${inboxPath(filter)}`}>
            Postvak
          </a>
          <span aria-hidden="true">/</span>
          <span aria-current="page">{areaName(plain.area)}</span>
        </nav>
        <ReportHead plain={plain} alone />
        <AlsoHere names={here} />
        <div class="only-small">
          <Button onClick={() => document.getElementById("antwoord")?.focus()}>
            Naar het antwoord
          </Button>
        </div>
        {letter ? (
          <OpenLetter letter={letter} plain={plain} />
        ) : (
          <ShutLetter problem={opening.problem} />
        )}
        <Corrections opening={opening} />
        <Shielded key={`melder-${plain.id}`} plain={plain} me={me} onOpened={report.refresh} />
        <Withdrawal report={report} filter={filter} onChanged={onChanged} />
        <NewAddition report={report} opening={opening} me={me} />
        <div class="halves">
          <SignalList
            title={bothTitle(plain.signals.length, protective.length)}
            signals={wordedSignals(plain)}
            note={otherVersion(plain)}
            protective={protective}
            narrow
          />
          <Timeline plain={plain} lines={linesOf(plain, me.id, opening)} />
        </div>
        <Notes opening={opening} />
        <Referrals opening={opening} />
        <Nearby key={`buurt-${plain.id}`} id={plain.id} filter={filter} />
        <Slot folder="bundles" {...slot} />
      </section>
      <aside class="side" aria-label="Antwoord en stand">
        {news && (
          <Notice role="status">
            <p>{news}</p>
          </Notice>
        )}
        {plain.nobody ? (
          <NobodyToAnswer />
        ) : (
          <Answer
            key={plain.id}
            plain={plain}
            me={me.id}
            names={letter && namesIn(letter)}
            readAgain={readAgain}
            onSent={(next, feedback, goOn) => {
              const said = { ...feedback, at: new Date().toISOString(), by: me.name };
              report.setOpening({ ...opening, feedback: [...opening.feedback, said] });
              keep(next);
              if (goOn) onNext(next.id);
            }}
          />
        )}
        <States key={`stand-${plain.id}`} plain={plain} me={me.id} onChanged={keep} />
        <FollowUp
          key={`vervolg-${plain.id}`}
          plain={plain}
          onChanged={keep}
          onStale={slot.onChanged}
        />
        <Slot folder="rights" {...slot} />
        <Slot folder="cases" {...slot} />
      </aside>
    </div>
  );
}

/** What was put right because somebody asked for it; it goes before what was written. */
function Corrections({ opening }: Pick<OpenedProps, "opening">) {
  if (!opening.corrections?.length) return null;
  return (
    <Notice>
      {opening.corrections.map(({ at, by, replaced, text }) => (
        <p key={at}>
          <b>Verbetering van {shortDay(at)} </b>
          {by}: {text ?? "niet meer te lezen"}
          {replaced && " De tekst hierboven is al aangepast."}
        </p>
      ))}
    </Notice>
  );
}

/** Nothing is owed, so the rest of the step is closing it below. */
const NobodyToAnswer = () => (
  <div>
    <h2 class="utrecht-heading-2" id="antwoord" tabIndex={-1}>
      Antwoord aan de melder
    </h2>
    <p>Er is geen melder om te antwoorden. Ben je klaar? Rond de melding dan af.</p>
  </div>
);

/** Whom the desk brought in: sealed, so only here. */
function Referrals({ opening }: Pick<OpenedProps, "opening">) {
  if (!opening.referrals?.length) return null;
  return (
    <div class="meta stack stack--2">
      <b>Erbij gehaald</b>
      {opening.referrals.map(({ id, by, to, ground, shared }) => (
        <p key={id}>
          {receiverName(to)}, door {by}. Grond: {groundName(ground).toLowerCase()}. Gedeeld:{" "}
          {shared ?? "niet meer te lezen"}
        </p>
      ))}
    </div>
  );
}

/** What colleagues wrote beside their reason to open it. */
function Notes({ opening }: Pick<OpenedProps, "opening">) {
  if (!opening.notes?.length) return null;
  return (
    <div class="meta stack stack--2">
      <b>Toelichting bij het openen</b>
      {opening.notes.map(({ at, by, purpose, text }) => (
        <p key={at}>
          {by}, {purposeWords[purpose].toLowerCase()}: {text ?? "niet meer te lezen"}
        </p>
      ))}
    </div>
  );
}

/** The reporter added something after the envelope was opened: that is sealed as well. */
function NewAddition({ report, opening, me }: Pick<OpenedProps, "report" | "opening" | "me">) {
  const [problem, setProblem] = useState("");
  const { plain } = report;
  const added = plain?.timeline.filter(({ kind }) => kind === "addition").length ?? 0;
  if (!plain || added <= opening.additions.length) return null;
  async function read(id: string, purpose: "handle" | "consult") {
    try {
      setProblem("");
      report.setOpening(await openObservation(id, purpose));
      document.getElementById("verloop")?.focus();
    } catch (error) {
      setProblem(explain(error));
    }
  }
  const purpose = deskOf[me.role] === plain.desk ? "handle" : "consult";
  return (
    <Notice role="status">
      <p>Er is een nieuwe aanvulling van de melder. Ook die is verzegeld.</p>
      {problem && <p>{problem}</p>}
      <Button onClick={() => read(plain.id, purpose)}>Open de aanvulling</Button>
    </Notice>
  );
}
