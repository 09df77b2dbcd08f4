import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Person } from "../../../types";
import { useLive } from "../live";
import { explain, isGone } from "../problems";
import * as meetings from "./meetings";
import { mayOpen } from "./phrases";

export interface MeetingNow {
  meeting: meetings.Meeting | null;
  /** What people wrote themselves; only here, in memory. */
  written: readonly meetings.Written[];
  problem: string;
  keep: (meeting: meetings.Meeting) => void;
  refresh: () => Promise<void>;
  /** Does something; the sentence of what went wrong comes back, or nothing. */
  attempt: (work: () => Promise<meetings.Meeting>) => Promise<string>;
}

/** One meeting as it is on the server now, with what was written at its points. */
export function useMeeting(id: string, me: Person): MeetingNow {
  const [meeting, setMeeting] = useState<meetings.Meeting | null>(null);
  const [written, setWritten] = useState<readonly meetings.Written[]>([]);
  const [problem, setProblem] = useState("");
  const opened = useRef("");

  const keep = useCallback(
    async (fresh: meetings.Meeting) => {
      setMeeting(fresh);
      // Every opening is logged, so it is done again only when there is something else to read.
      const texts = fresh.agenda.filter((one) => one.written).map((one) => one.id + one.version);
      const wanted = texts.join(" ");
      if (!mayOpen(me) || wanted === opened.current) return;
      opened.current = wanted;
      setWritten((await meetings.openWritten(id)).items);
    },
    [id, me],
  );
  const refresh = useCallback(async () => {
    try {
      await keep(await meetings.show(id));
      setProblem("");
    } catch (error) {
      setProblem(isGone(error) ? "Dit overleg is er niet, of is niet voor jou." : explain(error));
    }
  }, [id, keep]);
  useEffect(() => void refresh(), [refresh]);
  useLive(() => void refresh());

  const attempt = async (work: () => Promise<meetings.Meeting>) => {
    try {
      await keep(await work());
      return "";
    } catch (error) {
      const sentence = explain(error);
      await refresh();
      return sentence;
    }
  };
  return { meeting, written, problem, keep: (fresh) => void keep(fresh), refresh, attempt };
}
