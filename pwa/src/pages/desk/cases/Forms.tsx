import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { Pick } from "./Pick";
import { invitable, outcomeWords } from "./phrases";

export interface FormProps {
  row: cases.Case;
  opened: cases.Opened | null;
  choices: cases.Choices;
  onDone: () => Promise<void>;
}

/** Sends one step; what was typed stays when it does not work out. */
export function useSend({ row, onDone }: FormProps, clear: () => void = () => undefined) {
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

export function Decide(props: FormProps) {
  const [text, setText] = useState("");
  const [ground, setGround] = useState(props.choices.grounds[0]?.id ?? "");
  const { send, busy, problem } = useSend(props, () => setText(""));
  const needs = useNeeds(["besluit", text.trim(), "Schrijf op wat er is besloten."]);
  const grounds = Object.fromEntries(props.choices.grounds.map((one) => [one.id, one.name]));
  return (
    <Fold title="Leg een besluit vast" boxed>
      <form
        class="stack stack--3 casepad"
        onSubmit={(event) =>
          needs.met(event) &&
          send(event, "decisions", { id: crypto.randomUUID(), ground, text: text.trim() })
        }
      >
        <Field
          id="besluit"
          label="Wat is besloten?"
          rows={3}
          value={text}
          onValue={setText}
          {...needs.of("besluit")}
        />
        <Pick id="besluit-grond" label="Grond" from={grounds} value={ground} onValue={setGround} />
        <Problem text={problem} />
        <div>
          <Button type="submit" disabled={busy}>
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
  const needs = useNeeds(["mee-wie", person, "Kies wie er meewerkt."]);
  const body = { version: row.version, person, part };
  return (
    <Fold title="Laat iemand meewerken" boxed>
      <form
        class="stack stack--3 casepad"
        onSubmit={(event) => needs.met(event) && send(event, "participants", body)}
      >
        <Pick id="mee-hoe" label="Hoe?" from={parts} value={part} onValue={setPart} />
        <Pick
          id="mee-wie"
          label="Wie?"
          from={{ "": "Kies", ...names }}
          value={person}
          onValue={setPerson}
          {...needs.of("mee-wie")}
        />
        {part === "agenda" && (
          <p class="meta">Een agendalid ziet alleen wat je in een overleg voorlegt.</p>
        )}
        <Problem text={problem} />
        <div>
          <Button type="submit" disabled={busy}>
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
  const why = shut ? "Schrijf op waarom." : "Schrijf op wat het heeft opgeleverd.";
  const needs = useNeeds(["sluit-tekst", text.trim(), why]);
  const body = { version: row.version, text: text.trim() };
  return (
    <Fold title={shut ? "Heropen de casus" : "Sluit de casus"} boxed>
      <form
        class="stack stack--3 casepad"
        onSubmit={(event) => {
          if (!needs.met(event)) return;
          if (shut) send(event, "reopenings", body);
          else send(event, "closings", { ...body, outcome, word: word.trim() || null });
        }}
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
          {...needs.of("sluit-tekst")}
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
        <Problem text={problem} />
        <div>
          <Button type="submit" disabled={busy || (!shut && row.owed > 0)}>
            {shut ? "Heropen" : "Sluit de casus"}
          </Button>
        </div>
      </form>
    </Fold>
  );
}
