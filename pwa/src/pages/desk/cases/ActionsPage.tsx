import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Notice } from "../../../parts/Notice";
import { arrive } from "../../../parts/places";
import type { Person } from "../../../types";
import { explain } from "../problems";
import * as cases from "./cases";
import { Plans } from "./Plans";

interface Loaded {
  actions: cases.Action[];
  goals: cases.Goal[];
  texts: Record<string, string | null>;
  choices: cases.Choices;
}

/** Everything that was agreed and of which somebody may know. */
export function ActionsPage({ me }: { me: Person }) {
  const [loaded, load] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState("");
  const refresh = useCallback(async () => {
    try {
      const [actions, goals, texts, choices] = await Promise.all([
        cases.actions(),
        cases.goals(),
        cases.planTexts(),
        cases.choices(),
      ]);
      load({ actions, goals, texts, choices });
      setProblem("");
    } catch (error) {
      setProblem(explain(error));
    }
  }, []);
  useEffect(() => void refresh(), [refresh]);
  useLayoutEffect(() => arrive("Acties"), []);
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Acties
      </h1>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
      {!loaded && !problem && <p class="meta">Acties ophalen…</p>}
      {loaded && <Plans {...loaded} me={me} onChanged={refresh} />}
    </div>
  );
}
