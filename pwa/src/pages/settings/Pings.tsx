import { useState } from "preact/hooks";
import * as api from "../../api";
import { Button } from "../../parts/Button";
import * as push from "../../push";
import { useAnswer } from "../use";

const STATES = {
  unsupported:
    "Dit toestel kan geen seintjes tonen. Op een iPhone kan het als de app op je beginscherm staat.",
  denied:
    "Seintjes staan uit op dit toestel. Je ziet antwoorden hier wel. Aanzetten kan in de instellingen van je telefoon, bij Meldingen.",
  off: "In het seintje staat nooit wat je meldde.",
  on: "In het seintje staat nooit wat je meldde.",
};

const test = () => api.testPush().then(() => undefined);

/** The switch acts at once and says what happened. */
export function Pings() {
  const [round, setRound] = useState(0);
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  const state = useAnswer(push.state, String(round)) ?? "off";
  const able = state === "on" || state === "off";
  const act = async (work: () => Promise<push.PushState | undefined>, done: string) => {
    setBusy(true);
    say("Even geduld …");
    try {
      const now = await work();
      say(now === "denied" ? "" : done);
    } catch {
      say("Dat lukt nu niet. Probeer het later weer, met bereik.");
    }
    setBusy(false);
    setRound(round + 1);
  };
  return (
    <ul class="list bleed">
      <li class={able ? "switch" : "setrow"}>
        <label for="seintjes">
          <b>Bij een antwoord of vraag</b>
          <span class="meta">{STATES[state]}</span>
        </label>
        {able && (
          <input
            type="checkbox"
            role="switch"
            id="seintjes"
            checked={state === "on"}
            aria-checked={state === "on"}
            disabled={busy}
            onChange={() =>
              state === "on"
                ? act(push.turnOff, "Seintjes staan uit.")
                : act(push.turnOn, "Seintjes staan aan.")
            }
          />
        )}
      </li>
      <li class="setline">
        {state === "on" && (
          <Button onClick={() => act(test, "Het proefseintje is onderweg.")}>
            Stuur een proefseintje
          </Button>
        )}
        <p role="status" class="meta">
          {said}
        </p>
      </li>
    </ul>
  );
}
