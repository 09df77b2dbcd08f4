import { useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { dayOf } from "../day";
import { explain } from "../problems";
import { minutes } from "./meetings";

/** The minutes as a file, made anew each time and kept nowhere here. */
export function Minutes({ id, day }: { id: string; day: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  const fetch = async () => {
    if (busy) return;
    setBusy(true);
    say("Verslag maken…");
    try {
      const address = URL.createObjectURL(await minutes(id));
      const link = document.createElement("a");
      link.href = address;
      link.download = `verslag-${dayOf(day)}.pdf`;
      link.click();
      // The browser reads it after this turn.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      setProblem("");
      say("Het verslag staat bij je downloads. Er staan geen namen van jongeren in.");
    } catch (error) {
      say("");
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="meetlist" aria-labelledby="verslag">
      <h2 class="utrecht-heading-2" id="verslag">
        Verslag
      </h2>
      <Problem text={problem} />
      <div class="row">
        <Button onClick={() => void fetch()}>Maak het verslag (PDF)</Button>
      </div>
      <p role="status">{said}</p>
    </section>
  );
}
