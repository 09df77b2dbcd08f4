import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Field";
import { Notice } from "../../../parts/Notice";
import { arrive, say } from "../../../parts/places";
import { Tick } from "../../../parts/Tick";
import type { Person } from "../../../types";
import { proven } from "../../entry/passkey";
import { dayOf, shortDay } from "../day";
import { explain } from "../problems";
import { DESK } from "../screens";
import { useStep } from "../useStep";
import { Change, End } from "./Change";
import * as cases from "./cases";
import { AddEdge, AddNode, Close, Decide, Invite } from "./Forms";
import { Network } from "./Network";
import { Plans } from "./Plans";
import { kindWords, phases, phaseWords, reasonWords } from "./phrases";

interface Loaded {
  row: cases.Case;
  opened: cases.Opened | null;
  choices: cases.Choices;
  actions: cases.Action[];
  goals: cases.Goal[];
}

const parts = { core: "kernteam", shell: "werkt aan deze casus mee", agenda: "agendalid" };

/** One case: where it is, what that asks, who is around it and what was agreed. */
export function CasePage({ id, me }: { id: string; me: Person }) {
  const [loaded, load] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState("");
  const [unmasking, unmask] = useState(false);
  const refresh = useCallback(async () => {
    try {
      const row = await cases.show(id);
      const opens = row.whole && me.role !== "projectleider";
      const [opened, choices, actions, goals] = await Promise.all([
        opens ? cases.open(id) : null,
        cases.choices(),
        cases.actions(),
        cases.goals(),
      ]);
      const mine = <T extends { case_id: string | null }>(rows: T[]) =>
        rows.filter(({ case_id }) => case_id === id);
      load({ row, opened, choices, actions: mine(actions), goals: mine(goals) });
      setProblem("");
    } catch (error) {
      setProblem(explain(error));
    }
  }, [id, me.role]);
  useEffect(() => void refresh(), [refresh]);
  const number = loaded?.row.number;
  useLayoutEffect(() => {
    if (number) arrive(`Casus ${number}`);
  }, [number]);
  const step = useStep(() => void refresh());

  if (!loaded) {
    return (
      <div class="deskpage">
        {problem ? (
          <Notice kind="error" role="alert">
            <p>{problem}</p>
          </Notice>
        ) : (
          <p class="meta">Casus ophalen…</p>
        )}
      </div>
    );
  }
  const { row, opened, choices, actions, goals } = loaded;
  const works = [...DESK, "kernteam"].includes(me.role) && row.whole;
  const shut = row.closed_on !== null;
  const next = phases[phases.indexOf(row.phase) + 1];
  const act = (what: string, body: object) =>
    step.run(async () => {
      await cases.step(id, what, { version: row.version, ...body });
      await refresh();
    });
  const asks = choices.asks.filter(({ phase }) => phase === row.phase);
  const form = { row, choices, opened, onDone: refresh };
  return (
    <div class="casepage">
      <div class="casehead">
        <nav class="crumbs" aria-label="Kruimelpad">
          <a class="utrecht-link utrecht-link--html-a" href="#/casussen">
            Casussen
          </a>
          <span aria-hidden="true">/</span>
          <span aria-current="page">Casus {row.number}</span>
        </nav>
        <div class="pane__head">
          <div>
            <h1 class="utrecht-heading-1" tabIndex={-1}>
              Casus {row.number}: {opened?.title ?? kindWords[row.kind].toLowerCase()}
            </h1>
            <p class="meta">
              {row.observations} {row.observations === 1 ? "melding" : "meldingen"}.{" "}
              {opened && (opened.masked ? "Namen zijn afgeschermd." : "Je ziet de namen.")}{" "}
              {row.closed_on && `Gesloten op ${shortDay(row.closed_on)}.`}
            </p>
          </div>
          {opened?.text && <p>{opened.text}</p>}
          {works && (
            <div class="row">
              {opened?.masked && <Button onClick={() => unmask(true)}>Toon namen</Button>}
              {next && !shut && (
                <Button
                  kind="primary-action"
                  disabled={step.busy}
                  onClick={() => void act("phases", { phase: next })}
                >
                  Naar {phaseWords[next].toLowerCase()}
                </Button>
              )}
            </div>
          )}
        </div>
        {step.problem && <p role="alert">{step.problem}</p>}
        {unmasking && (
          <Unmask
            id={id}
            onDone={async () => {
              unmask(false);
              await refresh();
              say("Je ziet de namen. Na tien minuten zijn ze weer afgeschermd.");
            }}
          />
        )}
        <ol class="phases" aria-label="Fasen">
          {phases.map((phase, at) => {
            const here = phases.indexOf(row.phase);
            return (
              <li
                key={phase}
                class={at < here ? "done" : at === here ? "now" : undefined}
                aria-current={at === here ? "step" : undefined}
              >
                <b>{phaseWords[phase]}</b>
                {at < here
                  ? "klaar"
                  : at === here
                    ? `sinds ${shortDay(dayOf(row.phase_at))}`
                    : "nog niet"}
              </li>
            );
          })}
        </ol>
      </div>
      <div class="casegrid">
        <div class="stack">
          {opened && (
            <section class="casepanel" aria-labelledby="netwerk">
              <h2 class="utrecht-heading-2" id="netwerk">
                Netwerk
              </h2>
              {opened.nodes.length === 0 ? (
                <p>Er staat nog niemand in het netwerk.</p>
              ) : (
                <Network nodes={opened.nodes} edges={opened.edges} />
              )}
              {works && !shut && <AddNode {...form} />}
              {works && !shut && opened.nodes.length > 1 && <AddEdge {...form} />}
              {works && !shut && opened.nodes.length > 0 && <End {...form} />}
            </section>
          )}
          <section class="casepanel" aria-labelledby="acties">
            <h2 class="utrecht-heading-2" id="acties">
              Acties en doelen
            </h2>
            <Plans
              actions={actions}
              goals={goals}
              texts={opened?.texts ?? {}}
              choices={choices}
              caseId={id}
              shut={shut || !works}
              onChanged={refresh}
            />
          </section>
        </div>
        <div class="stack">
          <section class="casepanel" aria-labelledby="vraagt">
            <h2 class="utrecht-heading-2" id="vraagt">
              Wat vraagt{" "}
              {row.phase === "evaluation"
                ? "de evaluatie"
                : `de ${phaseWords[row.phase].toLowerCase()}`}
              ?
            </h2>
            <ul class="plain">
              {asks.map((one) => (
                <Tick
                  key={one.id}
                  id={`vraag-${one.id}`}
                  text={one.text}
                  checked={row.asked.includes(one.id)}
                  onToggle={() => {
                    if (!works || shut) return;
                    const others = row.asked.filter((each) => each !== one.id);
                    const asked = others.length < row.asked.length ? others : [...others, one.id];
                    void act("asked", { asked });
                  }}
                />
              ))}
            </ul>
          </section>
          {opened && (
            <section class="casepanel" aria-labelledby="besluiten">
              <h2 class="utrecht-heading-2" id="besluiten">
                Besluiten
              </h2>
              {opened.decisions.length === 0 && <p>Er is nog geen besluit.</p>}
              <ul class="plain">
                {opened.decisions.map((one) => (
                  <li key={one.id}>
                    {one.text}
                    <span class="meta">
                      {shortDay(dayOf(one.at))}, grond:{" "}
                      {choices.grounds.find(({ id: ground }) => ground === one.ground)?.name}
                    </span>
                  </li>
                ))}
              </ul>
              {works && !shut && <Decide {...form} />}
            </section>
          )}
          <section class="casepanel" aria-labelledby="mee">
            <h2 class="utrecht-heading-2" id="mee">
              Wie werkt mee
            </h2>
            {row.participants.length === 0 && <p>Alleen de procesregisseur.</p>}
            <ul class="plain">
              {row.participants.map((one) => (
                <li key={one.id}>
                  {one.name}
                  <span class="meta">
                    {parts[one.part]}
                    {one.ended && ", heeft geen toegang meer"}
                  </span>
                </li>
              ))}
            </ul>
            {works && !shut && <Invite {...form} />}
          </section>
          {works && !shut && opened?.masked === false && <Change {...form} />}
          {works && <Close {...form} />}
        </div>
      </div>
    </div>
  );
}

function Unmask({ id, onDone }: { id: string; onDone: () => Promise<void> }) {
  const [reason, setReason] = useState("who_knows");
  const step = useStep(() => undefined);
  const send = (event: Event) => {
    event.preventDefault();
    void step.run(async () => {
      await proven(() => cases.unmask(id, reason));
      await onDone();
    });
  };
  return (
    <form class="casepanel" onSubmit={send}>
      <Select
        id="waarom-namen"
        label="Waarom wil je de namen zien?"
        value={reason}
        onValue={setReason}
      >
        {Object.entries(reasonWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      {step.problem && <p role="alert">{step.problem}</p>}
      <div>
        <Button type="submit" disabled={step.busy}>
          Toon de namen
        </Button>
      </div>
    </form>
  );
}
