import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { say } from "../../../parts/places";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { nextOwners } from "./phrases";

interface HandActionProps {
  actions: readonly cases.Action[];
  nameOf: (one: cases.Action) => string;
  owners: readonly cases.Who[];
  onDone: () => Promise<void>;
}

/** An action goes to somebody else, or gets another day. */
export function HandAction({ actions, nameOf, owners, onDone }: HandActionProps) {
  const [id, setId] = useState("");
  const [owner, setOwner] = useState("");
  const [due, setDue] = useState("");
  const step = useStep(() => void onDone());
  const chosen = actions.find((one) => one.id === id);
  const choose = (value: string) => {
    const one = actions.find((each) => each.id === value);
    setId(value);
    setOwner(one && !one.orphaned ? one.owner.id : "");
    setDue(one?.due_on ?? "");
  };
  const needs = useNeeds(
    ["geef-wat", chosen, "Kies een actie."],
    ["geef-wie", !chosen || owner, "Kies wie het doet."],
    ["geef-dag", !chosen || due, "Kies een dag."],
  );
  const send = (event: Event) => {
    if (!needs.met(event) || !chosen) return;
    void step.run(async () => {
      await cases.changeAction(chosen, { owner, due_on: due });
      choose("");
      await onDone();
      say("De actie is aangepast.");
    });
  };
  return (
    <form class="stack stack--3 casepad" onSubmit={send}>
      <Select
        id="geef-wat"
        label="Welke actie?"
        value={chosen ? id : ""}
        onValue={choose}
        {...needs.of("geef-wat")}
      >
        <option value="">Kies</option>
        {actions.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </Select>
      {chosen && (
        <>
          <Select
            id="geef-wie"
            label="Wie doet het?"
            value={owner}
            onValue={setOwner}
            {...needs.of("geef-wie")}
          >
            {chosen.orphaned && <option value="">Kies</option>}
            {nextOwners(owners, chosen).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
          <Field
            id="geef-dag"
            label="Vóór welke dag?"
            type="date"
            value={due}
            onValue={setDue}
            {...needs.of("geef-dag")}
          />
        </>
      )}
      <Problem text={step.problem} />
      <div>
        <Button type="submit" disabled={step.busy}>
          Bewaar
        </Button>
      </div>
    </form>
  );
}
