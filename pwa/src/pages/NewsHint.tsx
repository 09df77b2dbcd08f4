import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as news from "../news";
import { useAnswer } from "./use";

/** After an update, what is new; the words come with what is fetched after the first screen. */
export function NewsHint() {
  const since = useAnswer(news.since, "", news.onChange);
  const [Card, setCard] = useState<ComponentType<{ since: string }>>();
  useEffect(() => {
    if (!since) return;
    import("./later").then(
      (chunk) => setCard(() => chunk.NewsCard),
      // It is still new at the next visit.
      () => undefined,
    );
  }, [since]);
  return since && Card ? <Card since={since} /> : null;
}
