import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { inbox } from "../../api";
import { type Filter, queryOf, readFilter, writeFilter } from "./filter";
import { useLive } from "./live";
import { type Mail, readMore, readPages } from "./mailbox";
import { explain } from "./problems";

export interface Mailbox {
  /** Null until the first answer for this filter. */
  mail: Mail | null;
  problem: string | null;
  busy: boolean;
  refresh: () => void;
  more: () => void;
}

interface Shown {
  key: string;
  mail: Mail | null;
  problem: string | null;
  busy: boolean;
}

/** The inbox as it is on the server now. A refresh changes rows, never what is chosen or has focus. */
export function useMailbox(filter: Filter): Mailbox {
  const key = writeFilter(filter);
  const [shown, setShown] = useState<Shown>({ key, mail: null, problem: null, busy: true });
  const pages = useRef(1);
  const turn = useRef(0);

  const read = useCallback(
    async (ask: () => Promise<Mail>) => {
      const mine = ++turn.current;
      const change = (what: Partial<Shown>) =>
        setShown((old) => ({
          ...(old.key === key ? old : { mail: null, problem: null, busy: true }),
          ...what,
          key,
        }));
      change({ busy: true });
      try {
        const mail = await ask();
        // An answer that was overtaken by a later question is old news.
        if (mine === turn.current) change({ mail, problem: null, busy: false });
      } catch (error) {
        if (mine === turn.current) change({ problem: explain(error), busy: false });
      }
    },
    [key],
  );

  const fetch = useCallback((cursor?: string) => inbox(queryOf(readFilter(key), cursor)), [key]);
  const refresh = useCallback(
    () => void read(() => readPages(fetch, pages.current)),
    [read, fetch],
  );

  useEffect(() => {
    pages.current = 1;
    refresh();
  }, [refresh]);
  useLive(refresh);

  const current = shown.key === key ? shown : { mail: null, problem: null, busy: true };
  const more = () => {
    const { mail } = current;
    if (!mail?.next || current.busy) return;
    void read(async () => {
      const longer = await readMore(fetch, mail);
      pages.current += 1;
      return longer;
    });
  };
  return { mail: current.mail, problem: current.problem, busy: current.busy, refresh, more };
}
