import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { observation } from "../../api";
import type { ObservationPlain, Opening } from "../../types";
import { lastChangeBy } from "./history";
import { useLive } from "./live";
import { explain, isGone } from "./problems";

export interface Report {
  plain: ObservationPlain | null;
  problem: string | null;
  /** What the envelope held. Only here, in memory: another report or a reload closes it again. */
  opening: Opening | null;
  /** Somebody else changed this report while it was on the screen. */
  news: string;
  refresh: () => void;
  keep: (plain: ObservationPlain) => void;
  setOpening: (opening: Opening) => void;
}

type Shown = Pick<Report, "plain" | "problem" | "opening" | "news"> & { id: string | null };

const nothing = { plain: null, problem: null, opening: null, news: "" };

/** One report as it is on the server now, and what was opened of it. */
export function useReport(id: string | null, me: string): Report {
  const [shown, setShown] = useState<Shown>({ id, ...nothing });
  const asked = useRef(id);
  asked.current = id;

  const change = useCallback((of: string, what: (old: Shown) => Partial<Shown>) => {
    if (asked.current !== of) return;
    setShown((last) => {
      const old = last.id === of ? last : { id: of, ...nothing };
      return { ...old, ...what(old), id: of };
    });
  }, []);

  const refresh = useCallback(async () => {
    if (id === null) return;
    try {
      const plain = await observation(id);
      change(id, (old) => {
        const moved = old.plain !== null && old.plain.version !== plain.version;
        const by = moved ? lastChangeBy(plain, me) : null;
        return { plain, problem: null, news: by ? `${by} heeft dit net veranderd.` : old.news };
      });
    } catch (error) {
      const problem = isGone(error)
        ? "Deze melding is er niet meer. De melder heeft hem misschien ingetrokken."
        : explain(error);
      change(id, (old) => (isGone(error) ? { ...nothing, problem } : { ...old, problem }));
    }
  }, [id, me, change]);

  useEffect(() => {
    // Walking away closes the envelope; coming back to it asks a reason again.
    setShown((last) => (last.id === id ? last : { id, ...nothing }));
    void refresh();
  }, [id, refresh]);
  useLive(() => void refresh());

  const current = shown.id === id ? shown : { id, ...nothing };
  return {
    ...current,
    refresh: () => void refresh(),
    keep: (plain) => change(plain.id, () => ({ plain, problem: null, news: "" })),
    setOpening: (opening) => change(id ?? "", () => ({ opening })),
  };
}
