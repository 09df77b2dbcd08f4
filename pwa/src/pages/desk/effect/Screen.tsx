import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Notice } from "../../../parts/Notice";
import { arrive } from "../../../parts/places";
import { explain } from "../problems";
import type { AreaProps } from "../screens";
import { type Effect, effect } from "./calls";
import "./effect.css";
import { GoalCard } from "./GoalCard";
import { Survey } from "./Survey";

/** What the approach brings about: its goals, and what reporters say. */
export default function Screen({ me }: AreaProps) {
  const [told, setTold] = useState<Effect | null>(null);
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  const refresh = useCallback(async () => {
    try {
      setTold(await effect());
    } catch (error) {
      setProblem(explain(error));
    }
  }, []);
  useEffect(() => void refresh(), [refresh]);
  useLayoutEffect(() => arrive("Effect"), []);
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Effect
      </h1>
      <p>
        Doet de aanpak wat hij moet doen? Per doel staat hier waar we begonnen en hoe het elk half
        jaar ging. Een cijfer zegt niet waarom iets verandert.
      </p>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
      <p role="status">{said}</p>
      {!told && !problem && <p class="meta">Doelen ophalen…</p>}
      {told?.goals.map((goal) => (
        <GoalCard
          key={goal.goal}
          goal={goal}
          half={told.half}
          may={me.role === "projectleider"}
          onKept={(done) => {
            say(done);
            document.getElementById(goal.goal)?.focus();
            void refresh();
          }}
        />
      ))}
      {told && <Survey told={told} />}
    </div>
  );
}
