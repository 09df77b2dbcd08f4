import { useEffect, useState } from "preact/hooks";
import { Link } from "../../../parts/Button";
import { Fold } from "../../../parts/Fold";
import { Notice } from "../../../parts/Notice";
import { explain } from "../problems";
import type { SlotProps } from "../slots";
import { InformForm } from "./InformForm";
import { informingText } from "./phrases";
import * as rights from "./rights";

/** On one report: has who is named heard of it, and does somebody object? */
export default function RightsSlot({ plain, me, opened, onChanged }: SlotProps) {
  const [known, setKnown] = useState<rights.Rights | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    rights.rightsOf(plain.id).then(setKnown, (error: unknown) => setProblem(explain(error)));
  }, [plain.id]);
  if (problem) return <p class="meta">{problem}</p>;
  if (!known) return null;
  const pending = known.objections.some((one) => one.decision === null);
  return (
    <section class="stack stack--3" aria-labelledby="weet">
      {pending && (
        <Notice kind="warning">
          <p>
            <b>Bezwaar loopt.</b> Gebruik deze melding niet tot er is besloten.
          </p>
        </Notice>
      )}
      <h2 class="utrecht-heading-3" id="weet">
        Weet de jongere of ouder het?
      </h2>
      <p role="status">{informingText(known.informing)}</p>
      {opened && (
        <Fold title="Leg vast" boxed>
          <div class="rights__fold">
            <InformForm
              id={plain.id}
              onTold={(next) => {
                setKnown(next);
                onChanged();
              }}
            />
          </div>
        </Fold>
      )}
      {me.role === "procesregisseur" && (
        <Link href={`#/rechten/melding/${plain.id}`}>Verbeter, wis of leg bezwaar vast</Link>
      )}
    </section>
  );
}
