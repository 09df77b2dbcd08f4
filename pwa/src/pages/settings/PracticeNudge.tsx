import { useState } from "preact/hooks";
import { isNudged, nudge } from "../reading/training";
import { useAnswer } from "../use";

/** Off until somebody turns it on; without the server the switch is not shown, for it cannot act. */
export function PracticeNudge() {
  const [round, setRound] = useState(0);
  const [said, say] = useState("");
  const wanted = useAnswer(() => isNudged().catch(() => null), String(round));
  if (wanted === null) return null;
  const change = async () => {
    try {
      await nudge(!wanted);
      say(
        wanted ? "Je krijgt geen seintje meer om te oefenen." : "Je krijgt elke maand een seintje.",
      );
    } catch {
      say("Dat lukt nu niet. Probeer het later weer, met bereik.");
    }
    setRound(round + 1);
  };
  return (
    <ul class="list bleed space">
      <li class="switch">
        <label for="oefenseintje">
          <b>Elke maand even oefenen</b>
          <span class="meta">Eén seintje per maand. Zet daarvoor ook seintjes aan.</span>
        </label>
        <input
          type="checkbox"
          role="switch"
          id="oefenseintje"
          checked={!!wanted}
          aria-checked={!!wanted}
          disabled={wanted === undefined}
          onChange={() => void change()}
        />
      </li>
      <li class="setline">
        <p role="status" class="meta">
          {said}
        </p>
      </li>
    </ul>
  );
}
