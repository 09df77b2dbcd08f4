/** Who else has the same report open. Asked while it is on the screen; told to nobody afterwards. */

import { useEffect, useState } from "preact/hooks";
import { json, request } from "../../request";

const pause = 20_000;
const path = (id: string) => `/observations/${encodeURIComponent(id)}/presence`;

/** Names as people say them: "A", "A en B", "A, B en C". */
export function together(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} en ${last}` : last;
}

/** The names of colleagues at this report. Only whoever opened the envelope is seen by them. */
export function usePresence(id: string | null, opened: boolean): readonly string[] {
  const [here, setHere] = useState<{ id: string | null; names: readonly string[] }>({
    id,
    names: [],
  });
  useEffect(() => {
    if (id === null) return;
    let gone = false;
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const answer = await json<{ here: string[] }>("POST", path(id), { body: { opened } });
        if (!gone) setHere({ id, names: answer.here });
      } catch {
        // It is only company: without it the report works as well, and the next look is soon.
        if (!gone) setHere({ id, names: [] });
      }
    };
    // Whoever walks past it in the list asks nothing.
    const first = setTimeout(() => void look(), opened ? 0 : 1_000);
    const timer = setInterval(() => void look(), pause);
    return () => {
      gone = true;
      clearTimeout(first);
      clearInterval(timer);
      if (opened) void request("DELETE", path(id)).catch(() => undefined);
    };
  }, [id, opened]);
  return here.id === id ? here.names : [];
}
