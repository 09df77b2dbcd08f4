import { useState } from "preact/hooks";
import { Icon } from "../../parts/Icon";
import type { ObservationPlain } from "../../types";
import { HandOver } from "./HandOver";
import { deskWords } from "./phrases";
import { Refer } from "./Refer";

export interface FollowUpProps {
  plain: ObservationPlain;
  onChanged: (plain: ObservationPlain) => void;
  /** Somebody was first: the report must be read again. */
  onStale: () => void;
}

type Step = "refer" | "hand_over";

/** What else can be done with it; one thing at a time is open. */
export function FollowUp(props: FollowUpProps) {
  const [step, setStep] = useState<Step | null>(null);
  const [said, say] = useState("");
  const other = props.plain.desk === "sociaal" ? "veiligheid" : "sociaal";
  const done = (text: string) => (plain: ObservationPlain) => {
    setStep(null);
    say(text);
    props.onChanged(plain);
    requestAnimationFrame(() => document.getElementById("vervolg")?.focus());
  };
  const steps: ReadonlyArray<readonly [Step, string]> = [
    ["refer", "Haal iemand erbij"],
    ["hand_over", `Geef aan het loket ${deskWords[other]}`],
  ];
  return (
    <section class="states" aria-labelledby="vervolg">
      <h2 class="utrecht-heading-3" id="vervolg" tabIndex={-1}>
        Ander vervolg
      </h2>
      <p class={said ? "clean" : "vh"} role="status">
        {said && <Icon name="check" small />}
        {said}
      </p>
      <ul class="menu list">
        {steps.map(([one, text]) => (
          <li key={one}>
            <button
              type="button"
              class="card-row"
              aria-expanded={step === one}
              onClick={() => setStep(step === one ? null : one)}
            >
              <span>{text}</span>
              <Icon name={step === one ? "cross" : "down"} />
            </button>
            {step === one &&
              (one === "refer" ? (
                <Refer {...props} onDone={done("Vastgelegd. Neem zelf contact op.")} />
              ) : (
                <HandOver
                  {...props}
                  to={other}
                  onDone={done("Het andere loket krijgt een seintje.")}
                />
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
