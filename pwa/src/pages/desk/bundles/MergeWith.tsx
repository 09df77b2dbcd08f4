import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Select } from "../../../parts/Field";
import { Fold } from "../../../parts/Fold";
import { explain } from "../problems";
import { type Bundle, type BundleRow, list } from "./bundles";
import { bundleTitle, daysText, membersCount } from "./phrases";

interface MergeWithProps {
  bundle: Bundle;
  busy: boolean;
  onMerge: (other: string) => void;
}

/** Two bundles that turn out to be about the same become one in one step. */
export function MergeWith({ bundle, busy, onMerge }: MergeWithProps) {
  const [others, setOthers] = useState<readonly BundleRow[]>([]);
  const [other, setOther] = useState("");
  const [fault, setFault] = useState("");
  useEffect(() => {
    list().then(
      (rows) => setOthers(rows.filter(({ id }) => id !== bundle.id)),
      (error) => setFault(explain(error)),
    );
  }, [bundle.id]);

  function send(event: Event) {
    event.preventDefault();
    if (other) return onMerge(other);
    setFault("Kies een bundel.");
    document.getElementById("samen-met")?.focus();
  }

  if (others.length === 0) return null;
  return (
    <Fold title="Voeg een andere bundel hierbij" boxed>
      <form class="stack stack--3 byhand" onSubmit={send} noValidate>
        <p class="meta">
          Alles uit die bundel komt in deze. De melders merken er niets van. Wat er al is
          geantwoord, blijft staan.
        </p>
        <Select
          id="samen-met"
          label="Welke bundel?"
          value={other}
          error={fault || undefined}
          onValue={(value) => {
            setOther(value);
            setFault("");
          }}
        >
          <option value="">Kies een bundel</option>
          {others.map((row) => (
            <option key={row.id} value={row.id}>
              {bundleTitle(row.areas)}, {membersCount(row.members)}, {daysText(row.first, row.last)}
            </option>
          ))}
        </Select>
        <div>
          <Button type="submit" disabled={busy}>
            Voeg samen
          </Button>
        </div>
      </form>
    </Fold>
  );
}
