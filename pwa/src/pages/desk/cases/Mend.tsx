import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Confirm } from "../../../parts/Confirm";
import { Field } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { say } from "../../../parts/places";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import type { FormProps } from "./Forms";
import { Pick } from "./Pick";
import { nodeName, nodeWords, zoneWords } from "./phrases";

/** What was written down wrongly is put right; what does not belong there goes, without a trace. */
export function Mend(props: FormProps) {
  const { row, opened, onDone } = props;
  const nodes = opened?.nodes ?? [];
  const edges = opened?.edges ?? [];
  const names = new Map(nodes.map((one) => [one.id, nodeName(one, row.kind)]));
  const [chosen, choose] = useState("");
  const [asking, ask] = useState(false);
  const step = useStep(() => void onDone());
  const choices = {
    "": "Kies",
    ...Object.fromEntries(nodes.map(({ id }) => [`nodes/${id}`, names.get(id) ?? ""])),
    ...Object.fromEntries(
      edges.map((one) => [
        `edges/${one.id}`,
        `${names.get(one.from_id)}, ${one.label}, ${names.get(one.to_id)}`,
      ]),
    ),
  };
  // A colleague may have taken it out meanwhile.
  const what = Object.hasOwn(choices, chosen) ? chosen : "";
  const node = nodes.find(({ id }) => what === `nodes/${id}`);
  const remove = () => {
    ask(false);
    void step.run(async () => {
      await cases.takeOut(row.id, what);
      choose("");
      await onDone();
      say("Weggehaald.");
    });
  };
  return (
    <Fold title="Verbeter of haal weg" boxed>
      <div class="stack stack--3 casepad">
        <Pick
          id="fout-wat"
          label="Wat klopt er niet?"
          from={choices}
          value={what}
          onValue={(value) => {
            choose(value);
            ask(false);
          }}
        />
        {node && opened?.masked && <p class="meta">Verbeteren kan als je de namen ziet.</p>}
        {node && opened?.masked === false && <Right key={node.id} {...props} node={node} />}
        <Problem text={step.problem} />
        {what && !asking && (
          <div>
            <Button kind="subtle" disabled={step.busy} onClick={() => ask(true)}>
              Haal weg
            </Button>
          </div>
        )}
        {asking && (
          <Confirm
            question="Hoort dit hier niet?"
            yes="Ja, haal weg"
            onYes={remove}
            onNo={() => ask(false)}
          >
            {node
              ? "Het verdwijnt uit het netwerk, met alle relaties. Was het er wel, maar is het voorbij? Kies dan ‘Iets is voorbij’."
              : "De relatie verdwijnt. Was die er wel, maar is die voorbij? Kies dan ‘Iets is voorbij’."}
          </Confirm>
        )}
      </div>
    </Fold>
  );
}

function Right({ row, onDone, node }: FormProps & { node: cases.Node }) {
  const [kind, setKind] = useState<string>(node.kind);
  const [zone, setZone] = useState<string>(node.zone);
  const [name, setName] = useState(node.name ?? "");
  const [role, setRole] = useState(node.role ?? "");
  const [since, setSince] = useState(node.since);
  const step = useStep(() => void onDone());
  const needs = useNeeds(
    ["goed-naam", name.trim(), "Schrijf de naam op."],
    ["goed-rol", role.trim(), "Schrijf op wie of wat het is, zonder naam."],
    ["goed-sinds", since, "Kies een dag."],
  );
  const send = (event: Event) => {
    if (!needs.met(event)) return;
    void step.run(async () => {
      const body = { kind, zone, name: name.trim(), role: role.trim(), since };
      await cases.step(row.id, `nodes/${node.id}/changes`, { version: row.version, ...body });
      await onDone();
      say("Verbeterd.");
    });
  };
  return (
    <form class="stack stack--3" onSubmit={send}>
      <Pick id="goed-soort" label="Wat is het?" from={nodeWords} value={kind} onValue={setKind} />
      <Pick
        id="goed-plek"
        label="Waar hoort het bij?"
        from={zoneWords}
        value={zone}
        onValue={setZone}
      />
      <Field
        id="goed-naam"
        label="Naam"
        value={name}
        onValue={setName}
        {...needs.of("goed-naam")}
      />
      <Field
        id="goed-rol"
        label="Zonder naam"
        value={role}
        onValue={setRole}
        {...needs.of("goed-rol")}
      />
      <Field
        id="goed-sinds"
        label="Sinds"
        type="date"
        value={since}
        onValue={setSince}
        {...needs.of("goed-sinds")}
      />
      <Problem text={step.problem} />
      <div>
        <Button type="submit" disabled={step.busy}>
          Bewaar de verbetering
        </Button>
      </div>
    </form>
  );
}
