import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { arrive } from "../../../parts/places";
import type { ObservationPlain } from "../../../types";
import type { AreaProps } from "../screens";
import { EntryForm } from "./EntryForm";
import "./entry.css";

/** Entering what came another way, so that it lies beside what came through the app. */
export default function Screen({ me }: AreaProps) {
  const [entered, setEntered] = useState<ObservationPlain | null>(null);
  const title = entered ? "Ingevoerd" : "Invoeren";
  useLayoutEffect(() => {
    arrive(title);
    document.querySelector<HTMLElement>("h1")?.focus();
  }, [title]);
  if (!entered) return <EntryForm me={me} onEntered={setEntered} />;
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Ingevoerd
      </h1>
      <p class="clean">
        <Icon name="lock" small />
        Verzegeld en bewaard. Bonnummer {entered.receipt}.
      </p>
      <p>
        {entered.nobody
          ? "Er is geen melder om te antwoorden. Wel leest iemand de melding."
          : "Vertel de melder later zelf wat je ermee doet, en vink dat af bij de melding."}
      </p>
      <div class="row">
        <Button kind="primary-action" href={`#/postvak/${entered.id}`}>
          Naar de melding
        </Button>
        <Button onClick={() => setEntered(null)}>Voer nog iets in</Button>
      </div>
    </div>
  );
}
