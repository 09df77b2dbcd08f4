import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { type Needs, useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { aboutWords, pillarWords, termWords } from "./phrases";

interface NewPlanProps {
  choices: cases.Choices;
  caseId?: string | undefined;
  onDone: () => Promise<void>;
}

/** Somebody does something, or something is to be reached: in a case, or for a school, club or wijk. */
export function NewPlan({ choices, caseId, onDone }: NewPlanProps) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState(choices.actions[0]?.id ?? "");
  const [owner, setOwner] = useState(choices.owners[0]?.id ?? "");
  const [due, setDue] = useState("");
  const [about, setAbout] = useState<string>("school");
  const [term, setTerm] = useState("short");
  const [goal, setGoal] = useState("");
  const step = useStep(() => undefined);
  const place = caseId ? { case: caseId } : { about };
  const action = useNeeds(
    ["plan-wat", text.trim(), "Schrijf op wat er gebeurt."],
    ["plan-voor", due, "Kies vóór welke dag."],
  );
  const aim = useNeeds(["doel-wat", goal.trim(), "Schrijf op wat je wilt bereiken."]);
  const act = (needs: Needs, event: Event, work: () => Promise<unknown>) => {
    if (!needs.met(event)) return;
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
            act(action, event, () =>
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
            {...action.of("plan-wat")}
          />
          <Select id="plan-wie" label="Wie?" value={owner} onValue={setOwner}>
            {choices.owners.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
          <Field
            id="plan-voor"
            label="Vóór welke dag?"
            type="date"
            value={due}
            onValue={setDue}
            {...action.of("plan-voor")}
          />
          <div>
            <Button type="submit" disabled={step.busy}>
              Spreek de actie af
            </Button>
          </div>
        </form>
        <form
          class="stack stack--3"
          onSubmit={(event) =>
            act(aim, event, () => cases.setGoal({ id: id(), term, text: goal.trim(), ...place }))
          }
        >
          <Select id="doel-termijn" label="Doel op" value={term} onValue={setTerm}>
            {Object.entries(termWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
          <Field
            id="doel-wat"
            label="Wat willen we bereiken?"
            value={goal}
            onValue={setGoal}
            {...aim.of("doel-wat")}
          />
          <div>
            <Button type="submit" disabled={step.busy}>
              Leg het doel vast
            </Button>
          </div>
        </form>
        <Problem text={step.problem} />
      </div>
    </Fold>
  );
}
