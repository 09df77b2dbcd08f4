import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { arrive, say } from "../../../parts/places";
import type { Person } from "../../../types";
import { DESK } from "../screens";
import { useFetched } from "../useFetched";
import { useStep } from "../useStep";
import { Asked } from "./Asked";
import { CaseHead } from "./CaseHead";
import { Change, End } from "./Change";
import * as cases from "./cases";
import { Decisions } from "./Decisions";
import { Evaluation } from "./Evaluation";
import { Close, Invite } from "./Forms";
import { Mend } from "./Mend";
import { Network } from "./Network";
import { AddEdge, AddNode } from "./NetworkForms";
import { Participant } from "./Participant";
import { Plans } from "./Plans";
import { ownersOf, phases, phaseWords } from "./phrases";
import { Same } from "./Same";
import { Sources } from "./Sources";
import { Story } from "./Story";
import { Unmask } from "./Unmask";

interface Loaded {
  row: cases.Case;
  opened: cases.Opened | null;
  choices: cases.Choices;
  actions: cases.Action[];
  goals: cases.Goal[];
  people: cases.Candidate[] | null;
}

async function fetchCase(id: string, me: Person): Promise<Loaded> {
  const row = await cases.show(id);
  const opens = row.whole && me.role !== "projectleider";
  const [opened, choices, actions, goals, people] = await Promise.all([
    opens ? cases.open(id) : null,
    cases.choices(),
    cases.actions(),
    cases.goals(),
    opens && DESK.includes(me.role) ? cases.people() : null,
  ]);
  const mine = <T extends { case_id: string | null }>(rows: T[]) =>
    rows.filter(({ case_id }) => case_id === id);
  return { row, opened, choices, actions: mine(actions), goals: mine(goals), people };
}

/** One case: where it is, what that asks, who is around it and what was agreed. */
export function CasePage({ id, me }: { id: string; me: Person }) {
  const { value: loaded, problem, refresh } = useFetched(() => fetchCase(id, me), id);
  const [unmasking, unmask] = useState(false);
  const number = loaded?.row.number;
  useLayoutEffect(() => {
    if (number) arrive(`Casus ${number}`);
  }, [number]);
  const step = useStep(() => void refresh());

  const failed = <Problem text={problem} />;
  if (!loaded) {
    return <div class="deskpage">{problem ? failed : <p class="meta">Casus ophalen…</p>}</div>;
  }
  const { row, opened, choices, actions, goals, people } = loaded;
  const works = [...DESK, "kernteam"].includes(me.role) && row.whole;
  const changes = works && row.closed_on === null;
  const next = phases[phases.indexOf(row.phase) + 1];
  const before = phases[phases.indexOf(row.phase) - 1];
  const act = (what: string, body: object) =>
    step.run(async () => {
      await cases.step(id, what, { version: row.version, ...body });
      await refresh();
    });
  const form = { row, choices, opened, onDone: refresh };
  return (
    <div class="casepage">
      <CaseHead row={row} opened={opened} choices={choices}>
        {failed}
        {works && (
          <div class="row">
            {opened?.masked && <Button onClick={() => unmask(true)}>Toon namen</Button>}
            {next && changes && (
              <Button
                kind="primary-action"
                disabled={step.busy}
                onClick={() => void act("phases", { phase: next })}
              >
                Naar {phaseWords[next].toLowerCase()}
              </Button>
            )}
            {before && changes && (
              <Button
                kind="subtle"
                disabled={step.busy}
                onClick={() => void act("phases", { phase: before })}
              >
                Terug naar {phaseWords[before].toLowerCase()}
              </Button>
            )}
          </div>
        )}
        <Problem text={step.problem} />
        {unmasking && (
          <Unmask
            id={id}
            onDone={async () => {
              unmask(false);
              await refresh();
              say("Je ziet de namen. Na tien minuten zijn ze weer afgedekt.");
            }}
          />
        )}
      </CaseHead>
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
                <Network nodes={opened.nodes} edges={opened.edges} about={row.kind} />
              )}
              {changes && (
                <div class="casefolds">
                  <AddNode {...form} />
                  {opened.nodes.length > 1 && <AddEdge {...form} />}
                  {opened.nodes.length > 0 && (
                    <>
                      <End {...form} />
                      <Mend {...form} />
                      <Same {...form} />
                    </>
                  )}
                </div>
              )}
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
              choices={{ ...choices, owners: ownersOf(choices.owners, row) }}
              me={me}
              caseId={id}
              shut={row.closed_on !== null}
              onChanged={refresh}
            />
          </section>
        </div>
        <div class="stack">
          <Asked
            row={row}
            choices={choices}
            onTick={changes ? (asked) => void act("asked", { asked }) : undefined}
          />
          {opened && DESK.includes(me.role) && <Sources sources={row.sources} />}
          {opened && <Decisions {...form} opened={opened} changes={changes} />}
          <section class="casepanel" aria-labelledby="mee">
            <h2 class="utrecht-heading-2" id="mee">
              Wie werkt mee
            </h2>
            {row.participants.length === 0 && <p>Alleen de procesregisseur.</p>}
            <ul class="plain stack stack--2">
              {row.participants.map((one) => (
                <Participant
                  key={one.id}
                  one={one}
                  onEnd={
                    changes
                      ? () =>
                          step.run(async () => {
                            await cases.endParticipant(id, one.id);
                            await refresh();
                            say(`${one.name} werkt niet meer mee.`);
                          })
                      : undefined
                  }
                />
              ))}
            </ul>
            {changes && <Invite {...form} people={people} />}
          </section>
          {opened && <Story row={row} opened={opened} />}
          {works && (
            <div class="casefolds">
              {changes && <Evaluation {...form} />}
              {changes && opened?.masked === false && <Change {...form} />}
              <Close {...form} undone={actions.filter(({ done_on }) => !done_on).length} />
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
