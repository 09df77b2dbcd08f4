import { useState } from "preact/hooks";
import { openObservation } from "../../api";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import type { Opening, Person } from "../../types";
import { Answer } from "./Answer";
import { type Filter, inboxPath } from "./filter";
import { linesOf } from "./history";
import { namesIn, readLetter } from "./letter";
import { areaName, protectiveOf, signalsOf } from "./names";
import { OpenLetter, ShutLetter } from "./OpenLetter";
import { deskOf, purposeWords, signalCount } from "./phrases";
import { explain } from "./problems";
import { ReportHead } from "./ReportHead";
import { Shielded } from "./Shielded";
import { SignalList } from "./SignalList";
import { Slot } from "./slots";
import { States } from "./States";
import { Timeline } from "./Timeline";
import type { Report } from "./useReport";
import { Withdrawal } from "./Withdrawal";

export interface ReportProps {
  report: Report;
  me: Person;
  filter: Filter;
  /** Something changed on the server that the list shows as well. */
  onChanged: () => void;
}

interface OpenedProps extends ReportProps {
  opening: Opening;
}

function bothTitle(signals: number, factors: number): string {
  if (factors === 0) return signalCount(signals);
  const kind = factors === 1 ? "beschermende factor" : "beschermende factoren";
  return `${signalCount(signals)}, ${factors} ${kind}`;
}

/** A report with its envelope open: the letter, what happened, and the answer always in sight. */
export function Opened({ report, opening, me, filter, onChanged }: OpenedProps) {
  const { plain, news } = report;
  if (!plain) return null;
  const letter = opening.opened ? readLetter(opening.opened) : null;
  const protective = protectiveOf(plain);
  const keep = (next: typeof plain) => {
    report.keep(next);
    onChanged();
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
        <Shielded key={`melder-${plain.id}`} plain={plain} me={me} onOpened={report.refresh} />
        <Withdrawal report={report} filter={filter} onChanged={onChanged} />
        <NewAddition report={report} opening={opening} me={me} />
        <div class="halves">
          <SignalList
            title={bothTitle(plain.signals.length, protective.length)}
            signals={signalsOf(plain)}
            protective={protective}
            narrow
          />
          <Timeline plain={plain} lines={linesOf(plain, me.id, opening)} />
        </div>
        <Notes opening={opening} />
        <Slot folder="bundles" {...slot} />
      </section>
      <aside class="side" aria-label="Antwoord en stand">
        {news && (
          <Notice role="status">
            <p>{news}</p>
          </Notice>
        )}
        <Answer
          key={plain.id}
          plain={plain}
          names={letter && namesIn(letter)}
          onSent={(next, feedback) => {
            const said = { ...feedback, at: new Date().toISOString(), by: me.name };
            report.setOpening({ ...opening, feedback: [...opening.feedback, said] });
            keep(next);
          }}
        />
        <States key={`stand-${plain.id}`} plain={plain} me={me.id} onChanged={keep} />
        <Slot folder="rights" {...slot} />
        <Slot folder="cases" {...slot} />
      </aside>
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
