import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { today } from "../day";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import type { FormProps } from "./Forms";
import { nodeName } from "./phrases";

/** Writing it down anew; only with names in sight, else letters would take their place. */
export function Change({ row, opened, onDone }: FormProps) {
  const [title, setTitle] = useState(opened?.title ?? "");
  const [text, setText] = useState(opened?.text ?? "");
  const [seen, see] = useState(row.version);
  const step = useStep(() => void onDone());
  const newer = row.version !== seen;
  const needs = useNeeds(["wijzig-titel", title.trim(), "Schrijf op waar het over gaat."]);
  const send = (event: Event) => {
    if (!needs.met(event)) return;
    void step.run(async () => {
      const body = { title: title.trim(), text: text.trim() || null };
      const { version } = await cases.step(row.id, "changes", { version: seen, ...body });
      see(version);
      await onDone();
    });
  };
  return (
    <Fold title="Wijzig de tekst" boxed>
      <form class="stack stack--3 casepad" onSubmit={send}>
        <Field
          id="wijzig-titel"
          label="Waar gaat het over?"
          value={title}
          onValue={setTitle}
          {...needs.of("wijzig-titel")}
        />
        <Field
          id="wijzig-tekst"
          label="Toelichting"
          optional
          rows={4}
          value={text}
          onValue={setText}
        />
        <Problem text={step.problem} />
        {newer && (
          <div class="stack stack--2">
            <p>
              Nu staat er: <b>{opened?.title}</b>. {opened?.text}
            </p>
            <div>
              <Button onClick={() => see(row.version)}>
                Ik heb beide gezien, gebruik de mijne
              </Button>
            </div>
          </div>
        )}
        <div>
          <Button type="submit" disabled={step.busy || newer}>
            Bewaar
          </Button>
        </div>
      </form>
    </Fold>
  );
}

/** What is over stays to be seen on the days when it was there. */
export function End({ row, opened, onDone }: FormProps) {
  const nodes = (opened?.nodes ?? []).filter(({ until }) => until === null);
  const edges = (opened?.edges ?? []).filter(({ until }) => until === null);
  const names = new Map((opened?.nodes ?? []).map((one) => [one.id, nodeName(one, row.kind)]));
  const [what, setWhat] = useState("");
  const [until, setUntil] = useState(today());
  const step = useStep(() => void onDone());
  const needs = useNeeds(
    ["voorbij-wat", what, "Kies wat er voorbij is."],
    ["voorbij-dag", until, "Kies een dag."],
  );
  const send = (event: Event) => {
    if (!needs.met(event)) return;
    void step.run(async () => {
      await cases.step(row.id, `${what}/ends`, { until });
      setWhat("");
      await onDone();
    });
  };
  return (
    <Fold title="Iets is voorbij" boxed>
      <form class="stack stack--3 casepad" onSubmit={send}>
        <Select
          id="voorbij-wat"
          label="Wat is er niet meer?"
          value={what}
          onValue={setWhat}
          {...needs.of("voorbij-wat")}
        >
          <option value="">Kies</option>
          {edges.map((one) => (
            <option key={one.id} value={`edges/${one.id}`}>
              {names.get(one.from_id)}, {one.label}, {names.get(one.to_id)}
            </option>
          ))}
          {nodes.map((one) => (
            <option key={one.id} value={`nodes/${one.id}`}>
              {nodeName(one, row.kind)}
            </option>
          ))}
        </Select>
        <Field
          id="voorbij-dag"
          label="Sinds welke dag?"
          type="date"
          value={until}
          onValue={setUntil}
          {...needs.of("voorbij-dag")}
        />
        <Problem text={step.problem} />
        <div>
          <Button type="submit" disabled={step.busy}>
            Leg vast
          </Button>
        </div>
      </form>
    </Fold>
  );
}
