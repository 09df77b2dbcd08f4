import { Link } from "../../../parts/Button";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import type { Person } from "../../../types";
import { shortDay } from "../day";
import { DESK } from "../screens";
import { useStep } from "../useStep";
import { ActionTable } from "./ActionTable";
import * as cases from "./cases";
import { HandAction } from "./HandAction";
import { NewPlan } from "./NewPlan";
import { aboutWords, termWords } from "./phrases";

interface PlansProps {
  actions: readonly cases.Action[];
  goals: readonly cases.Goal[];
  texts: Record<string, string | null>;
  choices: cases.Choices;
  me: Person;
  /** The case they belong to; without one they are for a school, a club or a wijk. */
  caseId?: string | undefined;
  /** The case is closed: what was agreed stays as it is. */
  shut?: boolean | undefined;
  onChanged: () => Promise<void>;
}

/** What was agreed: who does what before when, and what it is for. */
export function Plans({ actions, goals, texts, choices, me, caseId, shut, onChanged }: PlansProps) {
  const step = useStep(() => void onChanged());
  const kindOf = (id: string) => choices.actions.find((one) => one.id === id)?.text ?? id;
  // A projectleider plans for a school, a club or a wijk, and knows of cases only the phase.
  const plans = [...DESK, "kernteam", ...(caseId ? [] : ["projectleider"])].includes(me.role);
  const mayPlan = plans && !shut;
  const mayDo = (one: cases.Action) => !shut && (plans || one.owner.id === me.id);
  const run = (act: () => Promise<unknown>) =>
    void step.run(async () => {
      await act();
      await onChanged();
    });
  const open = actions.filter(({ done_on }) => done_on === null);
  const done = actions.filter(({ done_on }) => done_on !== null);
  const table = {
    texts,
    kindOf,
    links: !caseId,
    busy: step.busy,
    mayTick: mayDo,
    onTick: (one: cases.Action) =>
      run(() => cases.changeAction(one, { done: one.done_on === null })),
  };
  const own = open.filter(mayDo);
  return (
    <>
      {actions.length === 0 && <p>Er is nog geen actie afgesproken.</p>}
      {actions.length > 0 && open.length === 0 && <p>Alle acties zijn klaar.</p>}
      {open.length > 0 && <ActionTable name="Tabel met acties" actions={open} {...table} />}
      {goals.length > 0 && (
        <ul class="plain stack stack--2">
          {goals.map((one) => (
            <li key={one.id}>
              <b>Doel op {termWords[one.term]}</b>
              {texts[one.id] ? `: ${texts[one.id]}` : caseId ? ": verzegeld" : " van een casus"}
              <span class="meta block">
                {one.about !== "case" && `${aboutWords[one.about]}. `}
                {one.reached_on ? `Bereikt op ${shortDay(one.reached_on)}.` : "Nog niet bereikt."}
              </span>
              {!caseId && one.case_id && (
                <div>
                  <Link href={`#/casussen/${one.case_id}`}>Bekijk de casus</Link>
                </div>
              )}
              {mayPlan && (
                <button
                  type="button"
                  class="utrecht-button utrecht-button--subtle"
                  disabled={step.busy}
                  onClick={() => run(() => cases.reachGoal(one, one.reached_on === null))}
                >
                  {one.reached_on ? "Toch niet bereikt" : "Zet op bereikt"}
                  <span class="vh">: {texts[one.id] ?? termWords[one.term]}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Problem text={step.problem} />
      <div class="casefolds">
        {done.length > 0 && (
          <Fold title="Wat klaar is" count={done.length} boxed>
            <div class="casepad">
              <ActionTable name="Tabel met acties die klaar zijn" actions={done} {...table} />
            </div>
          </Fold>
        )}
        {own.length > 0 && (
          <Fold title="Geef een actie door of verzet hem" boxed>
            <HandAction
              actions={own}
              nameOf={(one) => texts[one.id] ?? kindOf(one.kind)}
              owners={choices.owners}
              onDone={onChanged}
            />
          </Fold>
        )}
        {mayPlan && <NewPlan choices={choices} caseId={caseId} onDone={onChanged} />}
      </div>
    </>
  );
}
