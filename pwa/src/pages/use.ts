import { useEffect, useState } from "preact/hooks";

/** Calls back at every change and answers with how to stop that. */
export type Source = (changed: () => void) => () => void;

/** Draws again when the core says that something changed. */
export function useChanges(...sources: Source[]) {
  const [, redraw] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a screen keeps the sources it started with.
  useEffect(() => {
    const stops = sources.map((source) => source(() => redraw((n) => n + 1)));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** What an asynchronous question answers, asked again at every change; undefined until then. */
export function useAnswer<T>(ask: () => Promise<T>, key: string, ...sources: Source[]) {
  const [answer, setAnswer] = useState<{ key: string; value: T }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the question is another one.
  useEffect(() => {
    let live = true;
    const again = () => {
      ask().then((value) => live && setAnswer({ key, value }));
    };
    again();
    const stops = sources.map((source) => source(again));
    return () => {
      live = false;
      for (const stop of stops) stop();
    };
  }, [key]);
  return answer?.key === key ? answer.value : undefined;
}
