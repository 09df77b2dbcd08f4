import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";
import { lateBox } from "../../api";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { arrive } from "../../parts/places";
import type { LateItem as Item } from "../../types";
import { LateItem } from "./LateItem";
import { useLive } from "./live";
import { explain } from "./problems";

/** What arrived but fits nowhere. Nothing that was sent is thrown away without somebody looking. */
export function LateBox() {
  const [items, setItems] = useState<Item[] | null>(null);
  const [problem, setProblem] = useState("");
  const refresh = useCallback(async () => {
    try {
      setItems((await lateBox()).items);
      setProblem("");
    } catch (error) {
      setProblem(explain(error));
    }
  }, []);
  useEffect(() => void refresh(), [refresh]);
  useLive(() => void refresh());
  useLayoutEffect(() => arrive("Nakomers"), []);

  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Nakomers
      </h1>
      <p>Dit kwam binnen, maar past nergens. Lees waarom, en kijk of je er iets mee moet doen.</p>
      {problem && (
        <Notice kind="error" role="alert">
          <p>{problem}</p>
          <Button onClick={() => void refresh()}>Probeer nu</Button>
        </Notice>
      )}
      {!items && !problem && <p class="meta">Nakomers ophalen…</p>}
      {items?.length === 0 && <p>Er is niets te laat binnengekomen.</p>}
      <ul class="late">
        {items?.map((item) => (
          <LateItem key={item.id} item={item} />
        ))}
      </ul>
    </div>
  );
}
