import { useLayoutEffect } from "preact/hooks";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { useFetched } from "../useFetched";
import * as cases from "./cases";
import { Plans } from "./Plans";

async function fetchPlans() {
  const [actions, goals, texts, choices] = await Promise.all([
    cases.actions(),
    cases.goals(),
    cases.planTexts(),
    cases.choices(),
  ]);
  return { actions, goals, texts, choices };
}

/** Everything that was agreed and of which somebody may know. */
export function ActionsPage({ me }: { me: Person }) {
  const { value: loaded, problem, refresh } = useFetched(fetchPlans);
  useLayoutEffect(() => arrive("Acties"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Acties
      </h1>
      <Problem text={problem} />
      {!loaded && !problem && <p class="meta">Acties ophalen…</p>}
      {loaded && <Plans {...loaded} me={me} onChanged={refresh} />}
    </div>
  );
}
