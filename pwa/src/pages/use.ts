import { useEffect, useLayoutEffect, useState } from "preact/hooks";

/** Calls back at every change and answers with how to stop that. */
export type Source = (changed: () => void) => () => void;

/** Draws again when the core says that something changed. */
export function useChanges(...sources: Source[]) {
  const [, redraw] = useState(0);
  // At once, because what changes between drawing and listening is never told again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a screen keeps the sources it started with.
  useLayoutEffect(() => {
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
    let asking = false;
    let missed = false;
    // One question at a time: while a thousand items are sent, each answer reads the whole list.
    const again = () => {
      missed = asking;
      if (asking) return;
      asking = true;
      const done = () => {
        asking = false;
        if (live && missed) again();
      };
      ask()
        .then((value) => live && setAnswer({ key, value }))
        .finally(done);
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
