import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { today } from "../day";
import { useNeeds } from "../useNeeds";
import type * as cases from "./cases";
import { type FormProps, useSend } from "./Forms";
import { Pick } from "./Pick";
import { edgeWords, nodeName, nodeWords, zoneWords } from "./phrases";

/** What comes first in a network: who or what it is about. */
const subjects: Record<cases.Kind, cases.NodeKind> = {
  youth: "person",
  group: "group",
  place: "place",
};

export function AddNode(props: FormProps) {
  const [kind, setKind] = useState<string>(
    props.opened?.nodes.length ? "person" : subjects[props.row.kind],
  );
  const [zone, setZone] = useState(props.opened?.nodes.length ? "family" : "subject");
  const [name, setName] = useState("");
  const [role, setRole] = useState("");
  const [since, setSince] = useState(today());
  const { send, busy, problem } = useSend(props, () => {
    setName("");
    setRole("");
  });
  const needs = useNeeds(
    ["punt-naam", name.trim(), "Schrijf de naam op."],
    ["punt-rol", role.trim(), "Schrijf op wie of wat het is, zonder naam."],
    ["punt-sinds", since, "Kies een dag."],
  );
  const body = {
    version: props.row.version,
    kind,
    zone,
    name: name.trim(),
    role: role.trim(),
    since,
  };
  return (
    <Fold title="Zet iemand of iets in het netwerk" boxed>
      <form
        class="stack stack--3 casepad"
        onSubmit={(event) => needs.met(event) && send(event, "nodes", body)}
      >
        <Pick id="punt-soort" label="Wat is het?" from={nodeWords} value={kind} onValue={setKind} />
        <Pick
          id="punt-plek"
          label="Waar hoort het bij?"
          from={zoneWords}
          value={zone}
          onValue={setZone}
        />
        <Field
          id="punt-naam"
          label="Naam"
          hint="Wordt verzegeld en afgedekt."
          value={name}
          onValue={setName}
          {...needs.of("punt-naam")}
        />
        <Field
          id="punt-rol"
          label="Zonder naam"
          hint="Zoals: moeder, mentor, onbekende man."
          value={role}
          onValue={setRole}
          {...needs.of("punt-rol")}
        />
        <Field
          id="punt-sinds"
          label="Sinds"
          type="date"
          value={since}
          onValue={setSince}
          {...needs.of("punt-sinds")}
        />
        <Problem text={problem} />
        <div>
          <Button type="submit" disabled={busy}>
            Zet in het netwerk
          </Button>
        </div>
      </form>
    </Fold>
  );
}

export function AddEdge(props: FormProps) {
  const nodes = props.opened?.nodes ?? [];
  const [from, setFrom] = useState(nodes[0]?.id ?? "");
  const [to, setTo] = useState(nodes[1]?.id ?? "");
  const [kind, setKind] = useState("plain");
  const [label, setLabel] = useState("");
  const [since, setSince] = useState(today());
  const { send, busy, problem } = useSend(props, () => setLabel(""));
  const names = Object.fromEntries(nodes.map((one) => [one.id, nodeName(one, props.row.kind)]));
  const needs = useNeeds(
    ["lijn-naar", from !== to, "Kies iemand anders dan bij ‘Van’."],
    ["lijn-woord", label.trim(), "Schrijf in één woord op wat die twee bindt."],
    ["lijn-sinds", since, "Kies een dag."],
  );
  const body = {
    version: props.row.version,
    from_id: from,
    to_id: to,
    kind,
    label: label.trim(),
    since,
  };
  return (
    <Fold title="Leg een relatie vast" boxed>
      <form
        class="stack stack--3 casepad"
        onSubmit={(event) => needs.met(event) && send(event, "edges", body)}
      >
        <Pick id="lijn-van" label="Van" from={names} value={from} onValue={setFrom} />
        <Pick
          id="lijn-naar"
          label="Naar"
          from={names}
          value={to}
          onValue={setTo}
          {...needs.of("lijn-naar")}
        />
        <Pick id="lijn-soort" label="Hoe is die?" from={edgeWords} value={kind} onValue={setKind} />
        <Field
          id="lijn-woord"
          label="In één woord"
          hint="Zoals: broer, vertrouwt, gezien met."
          value={label}
          onValue={setLabel}
          {...needs.of("lijn-woord")}
        />
        <Field
          id="lijn-sinds"
          label="Sinds"
          type="date"
          value={since}
          onValue={setSince}
          {...needs.of("lijn-sinds")}
        />
        <Problem text={problem} />
        <div>
          <Button type="submit" disabled={busy}>
            Leg de relatie vast
          </Button>
        </div>
      </form>
    </Fold>
  );
}
