import { useLayoutEffect, useState } from "preact/hooks";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import type { AreaProps } from "../screens";
import { useFetched } from "../useFetched";
import { effect } from "./calls";
import "./effect.css";
import { GoalCard } from "./GoalCard";
import { Survey } from "./Survey";

/** What the approach brings about: its goals, and what reporters say. */
export default function Screen({ me }: AreaProps) {
  const { value: told, problem, refresh } = useFetched(effect);
  const [said, say] = useState("");
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
      <Problem text={problem} />
      <p role="status">{said}</p>
      {!told && !problem && <p class="meta">Doelen ophalen…</p>}
      {told?.goals.map((goal) => (
        <GoalCard
          key={goal.goal}
          goal={goal}
          half={told.half}
          question={(id) => told.questions.find((one) => one.id === id)?.text ?? id}
          may={me.role === "projectleider"}
          onKept={(done) => {
            say(done);
            document.getElementById(goal.goal)?.focus();
            void refresh();
          }}
          onStale={() => void refresh()}
        />
      ))}
      {told && <Survey told={told} />}
    </div>
  );
}
