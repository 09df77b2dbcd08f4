import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import * as session from "../../session";
import * as sync from "../../sync";
import type { Feedback } from "../../types";
import { rate } from "./expected";

const RATED = new Set(["watching", "contact", "taken_up", "no_follow_up"]);

/**
 * One tap, without a word. The server keeps one per answer, so tapping again after a bad connection
 * counts once; what could not be sent is said, and can be tapped again.
 */
export function Useful({ feedback }: { feedback: Feedback }) {
  const [said, say] = useState(feedback.useful ?? null);
  const [fault, setFault] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!RATED.has(feedback.kind) || session.state() !== "in") return null;
  const tap = async (useful: boolean) => {
    setBusy(true);
    setFault(false);
    try {
      await rate(feedback.id, useful);
      say(useful);
      void sync.run("button");
    } catch {
      setFault(true);
    }
    setBusy(false);
  };
  const id = `nuttig-${feedback.id}`;
  return (
    <div class="stack stack--2 space">
      {said === null && (
        <>
          <p class="meta" id={id}>
            Was dit nuttig?
          </p>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form that is sent. */}
          <div class="row" role="group" aria-labelledby={id}>
            <Button disabled={busy} onClick={() => void tap(true)}>
              Ja
            </Button>
            <Button disabled={busy} onClick={() => void tap(false)}>
              Nee
            </Button>
          </div>
        </>
      )}
      <p class="meta" role="status">
        {said !== null && "Dank je. Het loket ziet alleen aantallen."}
        {fault && "Dat lukt nu niet. Tik het later nog eens, met bereik."}
      </p>
    </div>
  );
}
