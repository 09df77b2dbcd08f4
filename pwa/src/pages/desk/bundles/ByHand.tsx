import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Field, Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { Problem } from "../../../parts/Problem";
import { type Near, nearby } from "../calls";
import { areaName } from "../names";
import { explain } from "../problems";
import { useStep } from "../useStep";
import { bringTogether, bundleOf } from "./bundles";
import { memberTitle } from "./phrases";

interface ByHandProps {
  id: string;
  onMade: () => void;
}

/** Whoever knows that two belong together needs no suggestion for it. */
export function ByHand({ id, onMade }: ByHandProps) {
  const [near, setNear] = useState<Near[]>([]);
  const [other, setOther] = useState("");
  // Of which report it is known whether that is in a bundle, and in which.
  const [known, setKnown] = useState<{ of: string; bundle: string | null } | null>(null);
  const [note, setNote] = useState("");
  const [fault, setFault] = useState("");
  const step = useStep(() => undefined);
  useEffect(() => {
    nearby(id).then(setNear, (error: unknown) => setFault(explain(error)));
  }, [id]);

  function choose(value: string) {
    setOther(value);
    setFault("");
    if (!value) return;
    bundleOf(value).then(
      (bundle) => setKnown({ of: value, bundle }),
      (error: unknown) => setFault(explain(error)),
    );
  }
  const bundle = known?.of === other ? known.bundle : null;

  function join(event: Event) {
    event.preventDefault();
    if (!other) {
      setFault("Kies een melding.");
      document.getElementById("zelf-bundelen")?.focus();
      return;
    }
    void step.run(async () => {
      await bringTogether(id, other, bundle, note.trim());
      onMade();
    });
  }

  if (near.length === 0) return null;
  return (
    <Fold title="Bundel zelf met een andere melding" boxed>
      <form class="stack stack--3 byhand" onSubmit={join} noValidate>
        <Select
          id="zelf-bundelen"
          label="Welke melding?"
          value={other}
          {...(fault && { error: fault })}
          onValue={choose}
        >
          <option value="">Kies een melding</option>
          {near.map(({ item }) => (
            <option key={item.id} value={item.id}>
              {memberTitle(item)}, {areaName(item.area)}, {item.receipt}
            </option>
          ))}
        </Select>
        <p class={bundle ? "meta" : "vh"} role="status">
          {bundle && "Die melding zit al in een bundel. Deze komt erbij."}
        </p>
        {!bundle && (
          <Field
            id="zelf-waarom"
            label="Waarom horen ze bij elkaar?"
            hint="Dit wordt verzegeld bewaard."
            optional
            rows={2}
            value={note}
            onValue={setNote}
          />
        )}
        <Problem text={step.problem} />
        <div>
          <Button
            type="submit"
            disabled={step.busy || (!fault && other !== "" && known?.of !== other)}
          >
            {bundle ? "Zet erbij" : "Bundel"}
          </Button>
        </div>
      </form>
    </Fold>
  );
}
