import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { say } from "../../../parts/places";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import type { FormProps } from "./Forms";
import { kindWords, nodeName, sameable } from "./phrases";

/** Somebody or something here is in another case as well; only who sees both can say so. */
export function Same(props: FormProps) {
  const { row, opened, onDone } = props;
  const nodes = opened?.nodes ?? [];
  const shared = nodes.filter((one) => one.cases.length > 0);
  const step = useStep(() => void onDone());
  const part = (node: cases.Node) =>
    void step.run(async () => {
      await cases.step(row.id, `nodes/${node.id}/identities`, {
        version: row.version,
        same_as: null,
      });
      await onDone();
      say("Het zijn weer twee verschillende.");
    });
  return (
    <Fold title="Staat ook in een andere casus" count={shared.length || undefined} boxed>
      <div class="stack stack--3 casepad">
        {shared.length > 0 && (
          <ul class="plain stack stack--2">
            {shared.map((one) => (
              <li key={one.id}>
                {nodeName(one, row.kind)}: ook in casus {one.cases.join(" en ")}
                <div>
                  <Button kind="subtle" disabled={step.busy} onClick={() => part(one)}>
                    Toch niet dezelfde<span class="vh">: {nodeName(one, row.kind)}</span>
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
        <Problem text={step.problem} />
        <Join {...props} nodes={nodes} />
      </div>
    </Fold>
  );
}

function Join({ row, opened, onDone, nodes }: FormProps & { nodes: cases.Node[] }) {
  const [here, setHere] = useState("");
  const [others, setOthers] = useState<cases.CaseRow[] | null>(null);
  const [other, setOther] = useState("");
  const [found, setFound] = useState<cases.Opened | null>(null);
  const [there, setThere] = useState("");
  const step = useStep(() => void onDone());
  const node = nodes.find(({ id }) => id === here);
  const elsewhere = others?.find(({ id }) => id === other);
  const look = () =>
    step.run(async () => {
      const open = await cases.list();
      setOthers(open.filter((one) => one.whole && one.id !== row.id));
    });
  const pick = (id: string) => {
    setHere(id);
    setThere("");
  };
  const choose = (id: string) => {
    setOther(id);
    setFound(null);
    setThere("");
    if (id) void step.run(async () => setFound(await cases.open(id)));
  };
  const needs = useNeeds(
    ["zelfde-hier", node, "Kies wie of wat je bedoelt."],
    ["zelfde-casus", elsewhere, "Kies een casus."],
    ["zelfde-daar", there, "Kies wie of wat dat daar is."],
  );
  const send = (event: Event) => {
    if (!needs.met(event) || !there) return;
    void step.run(async () => {
      const body = { version: row.version, same_as: there };
      await cases.step(row.id, `nodes/${here}/identities`, body);
      pick("");
      choose("");
      await onDone();
      say("Vastgelegd: dit is dezelfde.");
    });
  };
  if (!others) {
    return (
      <>
        <Problem text={step.problem} />
        <div>
          <Button disabled={step.busy} onClick={() => void look()}>
            Kies een andere casus
          </Button>
        </div>
      </>
    );
  }
  if (others.length === 0) return <p>Er is geen andere open casus die je mag zien.</p>;
  const possible = node && found ? sameable(node, found.nodes) : [];
  return (
    <form class="stack stack--3" onSubmit={send}>
      {(opened?.masked || found?.masked) && (
        <p class="meta">
          Je ziet letters. Wil je weten of het om dezelfde persoon gaat? Toon dan eerst de namen in
          beide casussen.
        </p>
      )}
      <Select
        id="zelfde-hier"
        label="Wie of wat in deze casus?"
        value={here}
        onValue={pick}
        {...needs.of("zelfde-hier")}
      >
        <option value="">Kies</option>
        {nodes.map((one) => (
          <option key={one.id} value={one.id}>
            {nodeName(one, row.kind)}
          </option>
        ))}
      </Select>
      <Select
        id="zelfde-casus"
        label="Welke andere casus?"
        value={other}
        onValue={choose}
        {...needs.of("zelfde-casus")}
      >
        <option value="">Kies</option>
        {others.map((one) => (
          <option key={one.id} value={one.id}>
            Casus {one.number}: {kindWords[one.kind].toLowerCase()}
          </option>
        ))}
      </Select>
      {node && elsewhere && found && possible.length > 0 && (
        <Select
          id="zelfde-daar"
          label="Wie of wat is dat daar?"
          value={there}
          onValue={setThere}
          {...needs.of("zelfde-daar")}
        >
          <option value="">Kies</option>
          {possible.map((one) => (
            <option key={one.id} value={one.id}>
              {nodeName(one, elsewhere.kind)}
            </option>
          ))}
        </Select>
      )}
      {node && found && possible.length === 0 && (
        <p>In die casus staat niets van dezelfde soort.</p>
      )}
      <Problem text={step.problem} />
      <div>
        <Button type="submit" disabled={step.busy}>
          Dit is dezelfde
        </Button>
      </div>
    </form>
  );
}
