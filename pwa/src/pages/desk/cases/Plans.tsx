import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { shortDay, today } from "../day";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { aboutWords, pillarWords, termWords } from "./phrases";

interface PlansProps {
  actions: readonly cases.Action[];
  goals: readonly cases.Goal[];
  texts: Record<string, string | null>;
  choices: cases.Choices;
  /** The case they belong to; without one they are for a school, a club or a wijk. */
  caseId?: string | undefined;
  shut?: boolean | undefined;
  onChanged: () => Promise<void>;
}

/** What was agreed: who does what before when, and what it is for. */
export function Plans({ actions, goals, texts, choices, caseId, shut, onChanged }: PlansProps) {
  const step = useStep(() => void onChanged());
  const kind = (id: string) => choices.actions.find((one) => one.id === id)?.text ?? id;
  const run = (act: () => Promise<unknown>) =>
    void step.run(async () => {
      await act();
      await onChanged();
    });
  return (
    <>
      {actions.length === 0 && <p>Er is nog geen actie afgesproken.</p>}
      {actions.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard
        <section class="tablebox" aria-label="Tabel met acties" tabIndex={0}>
          <table class="acts">
            <thead>
              <tr>
                <th scope="col">Wat</th>
                <th scope="col">Wie</th>
                <th scope="col">Vóór</th>
                <th scope="col">Klaar</th>
              </tr>
            </thead>
            <tbody>
              {actions.map((one) => (
                <tr key={one.id}>
                  <td>
                    {texts[one.id] ?? kind(one.kind)}
                    <span class="meta">
                      {kind(one.kind)}, {pillarWords[one.pillar]}
                      {one.about !== "case" && `, ${aboutWords[one.about].toLowerCase()}`}
                    </span>
                  </td>
                  <td>
                    {one.owner.name}
                    {one.orphaned && (
                      <span class="meta">Heeft geen toegang meer. Kies iemand anders.</span>
                    )}
                  </td>
                  <td>
                    {shortDay(one.due_on)}
                    {!one.done_on && one.due_on < today() && <span class="meta">te laat</span>}
                  </td>
                  <td>
                    <button
                      type="button"
                      class="utrecht-button utrecht-button--subtle"
                      aria-pressed={one.done_on !== null}
                      disabled={shut || step.busy}
                      onClick={() => run(() => cases.changeAction(one, one.done_on === null))}
                    >
                      {one.done_on ? "Klaar" : "Nog niet"}
                      <span class="vh">: {kind(one.kind)}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {goals.length > 0 && (
        <ul class="plain">
          {goals.map((one) => (
            <li key={one.id}>
              <b>{termWords[one.term]}</b>: {texts[one.id] ?? "verzegeld"}{" "}
              <button
                type="button"
                class="utrecht-button utrecht-button--subtle"
                aria-pressed={one.reached_on !== null}
                disabled={shut || step.busy}
                onClick={() => run(() => cases.reachGoal(one, one.reached_on === null))}
              >
                {one.reached_on ? "Bereikt" : "Nog niet bereikt"}
              </button>
            </li>
          ))}
        </ul>
      )}
      {step.problem && <p role="alert">{step.problem}</p>}
      {!shut && <NewPlan choices={choices} caseId={caseId} onDone={onChanged} />}
    </>
  );
}

interface NewPlanProps {
  choices: cases.Choices;
  caseId?: string | undefined;
  onDone: () => Promise<void>;
}

function NewPlan({ choices, caseId, onDone }: NewPlanProps) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState(choices.actions[0]?.id ?? "");
  const [owner, setOwner] = useState(choices.owners[0]?.id ?? "");
  const [due, setDue] = useState("");
  const [about, setAbout] = useState<string>("school");
  const [term, setTerm] = useState("short");
  const [goal, setGoal] = useState("");
  const step = useStep(() => undefined);
  const place = caseId ? { case: caseId } : { about };
  const act = (event: Event, work: () => Promise<unknown>) => {
    event.preventDefault();
    void step.run(async () => {
      await work();
      setText("");
      setGoal("");
      await onDone();
    });
  };
  const id = () => crypto.randomUUID();
  return (
    <Fold title="Nieuwe actie of doel" boxed>
      <div class="stack stack--3 casepad">
        {!caseId && (
          <Select id="plan-waarvoor" label="Waarvoor?" value={about} onValue={setAbout}>
            {Object.entries(aboutWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        )}
        <form
          class="stack stack--3"
          onSubmit={(event) =>
            act(event, () =>
              cases.plan({ id: id(), kind, text: text.trim(), owner, due_on: due, ...place }),
            )
          }
        >
          <Select id="plan-soort" label="Soort actie" value={kind} onValue={setKind}>
            {choices.actions.map((one) => (
              <option key={one.id} value={one.id}>
                {one.text} ({pillarWords[one.pillar]})
              </option>
            ))}
          </Select>
          <Field
            id="plan-wat"
            label="Wat?"
            hint="Zonder namen. Dit wordt verzegeld."
            value={text}
            onValue={setText}
          />
          <Select id="plan-wie" label="Wie?" value={owner} onValue={setOwner}>
            {choices.owners.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
          <Field id="plan-voor" label="Vóór welke dag?" type="date" value={due} onValue={setDue} />
          <div>
            <Button type="submit" disabled={step.busy || !text.trim() || !due}>
              Spreek de actie af
            </Button>
          </div>
        </form>
        <form
          class="stack stack--3"
          onSubmit={(event) =>
            act(event, () => cases.setGoal({ id: id(), term, text: goal.trim(), ...place }))
          }
        >
          <Select id="doel-termijn" label="Doel op" value={term} onValue={setTerm}>
            {Object.entries(termWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
          <Field id="doel-wat" label="Wat willen we bereiken?" value={goal} onValue={setGoal} />
          <div>
            <Button type="submit" disabled={step.busy || !goal.trim()}>
              Leg het doel vast
            </Button>
          </div>
        </form>
        {step.problem && <p role="alert">{step.problem}</p>}
      </div>
    </Fold>
  );
}
