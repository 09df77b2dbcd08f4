import { useEffect, useState } from "preact/hooks";
import { Button, Link } from "../../../parts/Button";
import { Select } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import { explain } from "../problems";
import type { SlotProps } from "../slots";
import { useNeeds } from "../useNeeds";
import { useStep } from "../useStep";
import * as cases from "./cases";
import { caseTitle } from "./phrases";

/** On one report: the cases it is in, and the way into another. */
export default function CaseSlot({ plain, onChanged }: SlotProps) {
  const [inside, setInside] = useState<cases.CaseRow[] | null>(null);
  const [others, setOthers] = useState<cases.CaseRow[] | null>(null);
  const [chosen, choose] = useState("");
  const [problem, setProblem] = useState("");
  const step = useStep(() => setOthers(null));
  useEffect(() => {
    cases.around(plain.id).then(setInside, (error: unknown) => setProblem(explain(error)));
  }, [plain.id]);
  const look = () =>
    step.run(async () => {
      const there = new Set(inside?.map(({ id }) => id));
      setOthers((await cases.list()).filter((one) => one.whole && !there.has(one.id)));
    });
  const needs = useNeeds(["in-welke", chosen, "Kies een casus."]);
  const put = (event: Event) => {
    if (!needs.met(event)) return;
    void step.run(async () => {
      // The list has no version; what is in a case may change without our seeing it first.
      const { version } = await cases.show(chosen);
      await cases.step(chosen, "sources", { version, observations: [plain.id] });
      setOthers(null);
      choose("");
      setInside(await cases.around(plain.id));
      onChanged();
    });
  };
  if (problem) return <p class="meta">{problem}</p>;
  if (!inside) return null;
  return (
    <section class="stack stack--3" aria-labelledby="in-casus">
      <h2 class="utrecht-heading-3" id="in-casus">
        Casus
      </h2>
      <div role="status">
        {inside.length === 0 && <p>Deze melding zit niet in een open casus.</p>}
        {inside.map((one) => (
          <p key={one.id}>
            Zit in <Link href={`#/casussen/${one.id}`}>{caseTitle(one)}</Link>
          </p>
        ))}
      </div>
      <Problem text={step.problem} />
      {!others && (
        <div>
          <Button disabled={step.busy} onClick={() => void look()}>
            Zet in een casus
          </Button>
        </div>
      )}
      {others && (
        <form class="stack stack--3" onSubmit={put}>
          {others.length > 0 && (
            <>
              <Select
                id="in-welke"
                label="In welke casus?"
                value={chosen}
                onValue={choose}
                {...needs.of("in-welke")}
              >
                <option value="">Kies</option>
                {others.map((one) => (
                  <option key={one.id} value={one.id}>
                    {caseTitle(one)}
                  </option>
                ))}
              </Select>
              <div>
                <Button type="submit" disabled={step.busy}>
                  Zet erin
                </Button>
              </div>
            </>
          )}
          <Link href={`#/casussen?melding=${plain.id}`}>Begin een nieuwe casus</Link>
        </form>
      )}
    </section>
  );
}
