import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Choice";
import { Field } from "../../../parts/Field";
import { Crumb } from "../../../parts/Page";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { go } from "../../../router";
import type { Person } from "../../../types";
import { longDay, longMoment } from "../day";
import { explain } from "../problems";
import { useFetched } from "../useFetched";
import * as meetings from "./meetings";
import { answerWords } from "./phrases";

async function fetchEvaluations() {
  const [found, { year }] = await Promise.all([meetings.evaluations(), meetings.list()]);
  return { found, year };
}

/** How the kernteam found its meetings, over time; with a meeting or year to judge on top. */
export function Evaluations({ me, open }: { me: Person; open: string | null }) {
  const { value, problem, refresh } = useFetched(fetchEvaluations);
  const all = value?.found;
  const year = value?.year ?? 0;
  const [said, say] = useState("");
  useLayoutEffect(() => arrive("Hoe ging het?"), []);
  const kept = async (sentence: string) => {
    await refresh();
    say(sentence);
    if (open) go("/overleg/terugblik", true);
    document.querySelector<HTMLElement>("h1")?.focus();
  };
  return (
    <div class="deskpage">
      <Crumb href="#/overleg" text="Overleg" />
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Hoe ging het?
      </h1>
      <p>Wie wat antwoordde, is hier niet te zien.</p>
      <Problem text={problem}>
        <Button onClick={() => void refresh()}>Probeer nu</Button>
      </Problem>
      <p role="status">{said}</p>
      {all && open && open !== "jaar" && (
        <Judge
          title="Na dit overleg"
          questions={all.questions}
          onKeep={(answers, words) => meetings.evaluate(open, { answers, words })}
          onKept={() => void kept("Dank je. Je antwoorden zijn bewaard.")}
        />
      )}
      {all && open === "jaar" && year > 0 && (
        <Judge
          title={`Terugblik op jaar ${year}`}
          questions={all.year_questions}
          onKeep={(answers, words) => meetings.evaluateYear(year, { answers, words })}
          onKept={() => void kept("Dank je. Je antwoord is bewaard.")}
        />
      )}
      {all && year > 0 && open !== "jaar" && (
        <p>
          Jaar {year} is om. Kijk samen terug, met iemand van buiten het kernteam erbij.{" "}
          <a class="utrecht-link utrecht-link--html-a" href="#/overleg/terugblik?van=jaar">
            Vul de terugblik in
          </a>
        </p>
      )}
      {all && !open && <OverTime all={all} me={me} />}
    </div>
  );
}

interface JudgeProps {
  title: string;
  questions: readonly meetings.Question[];
  onKeep: (answers: Record<string, meetings.Answer>, words: string | null) => Promise<void>;
  onKept: () => void;
}

const choices = (["yes", "partly", "no"] as const).map(
  (answer) => [answer, answerWords[answer]] as const,
);

function Judge({ title, questions, onKeep, onKept }: JudgeProps) {
  const [answers, setAnswers] = useState<Record<string, meetings.Answer>>({});
  const [words, setWords] = useState("");
  const [missed, setMissed] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    const lack = questions.find(({ id }) => !answers[id]);
    setMissed(lack?.id ?? null);
    if (lack) return document.getElementById(lack.id)?.focus();
    try {
      await onKeep(answers, words.trim() || null);
      onKept();
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <form class="judge" onSubmit={send} noValidate aria-labelledby="oordeel">
      <h2 class="utrecht-heading-2" id="oordeel">
        {title}
      </h2>
      {questions.map(({ id, text }) => (
        <Choice<meetings.Answer>
          key={id}
          id={id}
          legend={text}
          segment
          value={answers[id] ?? null}
          options={choices}
          onValue={(value) => {
            setAnswers({ ...answers, [id]: value });
            setMissed(null);
          }}
          {...(missed === id && { error: "Kies een antwoord." })}
        />
      ))}
      <Field
        id="oordeel-woorden"
        label="Wat wil je erbij zeggen?"
        hint="Noem geen namen."
        optional
        rows={3}
        value={words}
        onValue={setWords}
      />
      <Problem text={problem} />
      <div>
        <Button kind="primary-action" type="submit">
          Bewaar
        </Button>
      </div>
    </form>
  );
}

function OverTime({ all, me }: { all: meetings.Evaluations; me: Person }) {
  if (all.items.length === 0) return <p>Nog niets ingevuld.</p>;
  return (
    <ul class="rows overtime">
      {all.items.map((found) => (
        <li key={found.meeting ?? `jaar-${found.year}`}>
          <Told found={found} all={all} me={me} />
        </li>
      ))}
    </ul>
  );
}

function Told({ found, all }: { found: meetings.Found; all: meetings.Evaluations; me: Person }) {
  const [words, setWords] = useState<string[] | null>(null);
  const [problem, setProblem] = useState("");
  const questions = found.year ? all.year_questions : all.questions;
  const title = found.year ? `Jaar ${found.year}` : longDay(found.at);
  const read = async () => {
    try {
      setWords((await meetings.openWords({ meeting: found.meeting, year: found.year })).words);
    } catch (error) {
      setProblem(explain(error));
    }
  };
  return (
    <>
      <h2 class="utrecht-heading-2" title={found.year ? undefined : longMoment(found.at)}>
        {title}
      </h2>
      <p class="meta">{found.count === 1 ? "1 antwoord" : `${found.count} antwoorden`}</p>
      <dl class="looks__answers">
        {questions.map(({ id, text }) => (
          <div key={id}>
            <dt>{text}</dt>
            <dd>
              {(["yes", "partly", "no"] as const)
                .map((answer) => [answerWords[answer], found.answers[id]?.[answer] ?? 0] as const)
                .map(([word, count]) => (
                  <span class={count ? "tally" : "tally tally--none"} key={word}>
                    {word} {count}
                  </span>
                ))}
            </dd>
          </div>
        ))}
      </dl>
      {words === null ? (
        <div>
          <Button kind="subtle" onClick={() => void read()}>
            Lees wat erbij staat<span class="vh">: {title}</span>
          </Button>
        </div>
      ) : (
        <div role="status">
          {words.length === 0 && <p>Niemand schreef er iets bij.</p>}
          {words.length > 0 && (
            <ul class="said">
              {words.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      <Problem text={problem} />
    </>
  );
}
