import { useRef, useState } from "preact/hooks";
import { codeOf, explain } from "./problems";

export interface Step {
  problem: string;
  busy: boolean;
  /** Runs once at a time; what was typed stays where it is when it does not work out. */
  run: (act: () => Promise<void>) => Promise<void>;
}

const somebodyFirst =
  "Een collega heeft dit net ook veranderd. Kijk wat, en druk dan nog een keer.";

/** One step on the server: a colleague who was first is told, and nothing typed is lost. */
export function useStep(onStale: () => void): Step {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const acting = useRef(false);
  const run = async (act: () => Promise<void>) => {
    if (acting.current) return;
    acting.current = true;
    setBusy(true);
    setProblem("");
    try {
      await act();
    } catch (error) {
      const first = codeOf(error) === "version";
      setProblem(first ? somebodyFirst : explain(error));
      if (first) onStale();
    } finally {
      acting.current = false;
      setBusy(false);
    }
  };
  return { problem, busy, run };
}
