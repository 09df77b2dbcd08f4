import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { today } from "../day";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { Pick } from "./Pick";
import { edgeWords, invitable, nodeName, nodeWords, outcomeWords, zoneWords } from "./phrases";

export interface FormProps {
  row: cases.Case;
  opened: cases.Opened | null;
  choices: cases.Choices;
  onDone: () => Promise<void>;
}

/** Sends one step; what was typed stays when it does not work out. */
function useSend({ row, onDone }: FormProps, clear: () => void = () => undefined) {
  const step = useStep(() => void onDone());
  const send = (event: Event, what: string, body: object) => {
    event.preventDefault();
    void step.run(async () => {
      await cases.step(row.id, what, body);
      clear();
      await onDone();
    });
  };
  return { ...step, send };
}

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
      <form class="stack stack--3 casepad" onSubmit={(event) => send(event, "nodes", body)}>
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
          hint="Wordt verzegeld en afgeschermd."
          value={name}
          onValue={setName}
        />
        <Field
          id="punt-rol"
          label="Zonder naam"
          hint="Zoals: moeder, mentor, onbekende man."
          value={role}
          onValue={setRole}
        />
        <Field id="punt-sinds" label="Sinds" type="date" value={since} onValue={setSince} />
        {problem && <p role="alert">{problem}</p>}
        <div>
          <Button type="submit" disabled={busy || !name.trim() || !role.trim() || !since}>
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
      <form class="stack stack--3 casepad" onSubmit={(event) => send(event, "edges", body)}>
        <Pick id="lijn-van" label="Van" from={names} value={from} onValue={setFrom} />
        <Pick id="lijn-naar" label="Naar" from={names} value={to} onValue={setTo} />
        <Pick id="lijn-soort" label="Hoe is die?" from={edgeWords} value={kind} onValue={setKind} />
        <Field
          id="lijn-woord"
          label="In een woord"
          hint="Zoals: broer, vertrouwt, gezien met."
          value={label}
          onValue={setLabel}
        />
        <Field id="lijn-sinds" label="Sinds" type="date" value={since} onValue={setSince} />
        {problem && <p role="alert">{problem}</p>}
        <div>
          <Button type="submit" disabled={busy || !label.trim() || from === to || !since}>
            Leg de relatie vast
          </Button>
        </div>
      </form>
    </Fold>
  );
}

export function Decide(props: FormProps) {
  const [text, setText] = useState("");
  const [ground, setGround] = useState(props.choices.grounds[0]?.id ?? "");
  const { send, busy, problem } = useSend(props, () => setText(""));
  const grounds = Object.fromEntries(props.choices.grounds.map((one) => [one.id, one.name]));
  return (
    <Fold title="Leg een besluit vast" boxed>
      <form
        class="stack stack--3 casepad"
        onSubmit={(event) =>
          send(event, "decisions", { id: crypto.randomUUID(), ground, text: text.trim() })
        }
      >
        <Field id="besluit" label="Wat is besloten?" rows={3} value={text} onValue={setText} />
        <Pick id="besluit-grond" label="Grond" from={grounds} value={ground} onValue={setGround} />
        {problem && <p role="alert">{problem}</p>}
        <div>
          <Button type="submit" disabled={busy || !text.trim()}>
            Leg het besluit vast
          </Button>
        </div>
      </form>
    </Fold>
  );
}

const parts = { core: "In het kernteam", shell: "Alleen aan deze casus", agenda: "Als agendalid" };

/** The desk chooses from everybody who may take part; others from the kernteam and the desk. */
export function Invite(props: FormProps & { people: readonly cases.Candidate[] | null }) {
  const { choices, people, row } = props;
  const [part, setPart] = useState("core");
  const usual = choices.owners.map((one) => ({ ...one, organisation: "", agenda_only: false }));
  const names = Object.fromEntries(
    invitable(people ?? usual, row, part).map(({ id, name, organisation }) => [
      id,
      organisation ? `${name} (${organisation})` : name,
    ]),
  );
  const [chosen, setPerson] = useState("");
  const { send, busy, problem } = useSend(props, () => setPerson(""));
  // Whoever was chosen may have come along meanwhile.
  const person = Object.hasOwn(names, chosen) ? chosen : "";
  const body = { version: row.version, person, part };
  return (
    <Fold title="Laat iemand meewerken" boxed>
      <form class="stack stack--3 casepad" onSubmit={(event) => send(event, "participants", body)}>
        <Pick id="mee-hoe" label="Hoe?" from={parts} value={part} onValue={setPart} />
        <Pick
          id="mee-wie"
          label="Wie?"
          from={{ "": "Kies", ...names }}
          value={person}
          onValue={setPerson}
        />
        {part === "agenda" && (
          <p class="meta">Een agendalid ziet alleen wat je in een overleg voorlegt.</p>
        )}
        {problem && <p role="alert">{problem}</p>}
        <div>
          <Button type="submit" disabled={busy || !person}>
            Laat meewerken
          </Button>
        </div>
      </form>
    </Fold>
  );
}

/** Closing says what it brought; opening again says why. */
export function Close(props: FormProps & { undone: number }) {
  const { row, undone } = props;
  const shut = row.closed_on !== null;
  const shell = row.participants.some(({ part }) => part === "shell");
  const [outcome, setOutcome] = useState("better");
  const [text, setText] = useState("");
  const [word, setWord] = useState("");
  const { send, busy, problem } = useSend(props, () => setText(""));
  const body = { version: row.version, text: text.trim() };
  return (
    <Fold title={shut ? "Heropen de casus" : "Sluit de casus"} boxed>
      <form
        class="stack stack--3 casepad"
        onSubmit={(event) =>
          shut
            ? send(event, "reopenings", body)
            : send(event, "closings", { ...body, outcome, word: word.trim() || null })
        }
      >
        {!shut && row.owed > 0 && (
          <p>
            {row.owed} {row.owed === 1 ? "melder heeft" : "melders hebben"} nog geen antwoord.{" "}
            {row.sources.length > 0
              ? "Geef dat eerst: bij Meldingen staat wie er wacht."
              : "Het loket geeft dat eerst."}
          </p>
        )}
        {!shut && undone > 0 && (
          <p>
            {undone === 1 ? "Er is nog 1 actie" : `Er zijn nog ${undone} acties`} niet klaar. Die{" "}
            {undone === 1 ? "blijft" : "blijven"} staan zoals ze nu zijn.
          </p>
        )}
        {!shut && (
          <Pick
            id="sluit-uitkomst"
            label="Uitkomst"
            from={outcomeWords}
            value={outcome}
            onValue={setOutcome}
          />
        )}
        <Field
          id="sluit-tekst"
          label={shut ? "Waarom?" : "Wat heeft het opgeleverd?"}
          rows={3}
          value={text}
          onValue={setText}
        />
        {!shut && shell && (
          <Field
            id="sluit-woord"
            label="Een woord aan wie meewerkte"
            hint="Hoe liep het af? Zonder namen."
            rows={2}
            value={word}
            onValue={setWord}
          />
        )}
        {problem && <p role="alert">{problem}</p>}
        <div>
          <Button type="submit" disabled={busy || !text.trim() || (!shut && row.owed > 0)}>
            {shut ? "Heropen" : "Sluit de casus"}
          </Button>
        </div>
      </form>
    </Fold>
  );
}
