import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { current } from "../../session";
import { KINDS, type WishKind, wish } from "./training";

/** A school, club or team that wants to be told more says so with one tap. */
export function AskTraining() {
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  if (!current()) return null;
  const ask = async (kind: WishKind) => {
    setBusy(true);
    say("Even geduld …");
    try {
      await wish(kind);
      say("De gemeente weet het. Iemand neemt contact met je op.");
    } catch {
      say("Dat lukt nu niet. Probeer het later weer, met bereik.");
    }
    setBusy(false);
  };
  return (
    <section class="box stack stack--3 space" aria-labelledby="wens">
      <h2 class="utrecht-heading-3" id="wens">
        Wij willen voorlichting of training
      </h2>
      <p class="meta">De gemeente ziet je naam en waar je werkt. Wat je oefende, ziet niemand.</p>
      <div class="row">
        {KINDS.map(([kind, text]) => (
          <Button key={kind} disabled={busy} onClick={() => void ask(kind)}>
            {text}
          </Button>
        ))}
      </div>
      <p role="status">{said}</p>
    </section>
  );
}
