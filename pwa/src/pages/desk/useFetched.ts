import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { explain } from "./problems";

export interface Fetched<T> {
  /** What came last; it stays in sight when fetching it again fails. */
  value: T | null;
  problem: string;
  refresh: () => Promise<void>;
}

/** What the server says now, fetched again when the key becomes another one. */
export function useFetched<T>(
  fetch: () => Promise<T>,
  key = "",
  sentence: (error: unknown) => string = explain,
): Fetched<T> {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState("");
  const asked = useRef({ fetch, sentence });
  asked.current = { fetch, sentence };
  const turn = useRef(0);
  const refresh = useCallback(async () => {
    turn.current += 1;
    const own = turn.current;
    // An answer that took longer than the one asked after it is not what there is now.
    const latest = () => own === turn.current;
    try {
      const fresh = await asked.current.fetch();
      if (!latest()) return;
      setValue(fresh);
      setProblem("");
    } catch (error) {
      const told = asked.current.sentence(error);
      if (latest()) setProblem(told);
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another question.
  useEffect(() => void refresh(), [refresh, key]);
  return { value, problem, refresh };
}
