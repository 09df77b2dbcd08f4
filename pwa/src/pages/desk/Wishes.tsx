import { useLayoutEffect, useState } from "preact/hooks";
import * as cards from "../../cards";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { arrive } from "../../parts/places";
import type { Role } from "../../types";
import { formatDay } from "../../words";
import { finish, KINDS, type Wish, wishes } from "../reading/training";
import { useLive } from "./live";
import { useFetched } from "./useFetched";
import { useStep } from "./useStep";

/** Who asked for voorlichting or training. What was dealt with is gone. */
export function Wishes() {
  const { value: items, problem, refresh } = useFetched(wishes);
  const step = useStep(() => undefined);
  const [said, say] = useState("");
  useLive(() => void refresh());
  useLayoutEffect(() => arrive("Wensen"), []);
  const close = (one: Wish) =>
    step.run(async () => {
      await finish(one.id);
      say(`Afgerond: ${one.name}`);
      document.querySelector<HTMLElement>("h1")?.focus();
      await refresh();
    });
  return (
    <div class="deskpage">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Wensen
      </h1>
      <p>Wie wil voorlichting of training? Neem contact op en rond de wens daarna af.</p>
      <Problem text={problem}>
        <Button onClick={() => void refresh()}>Probeer nu</Button>
      </Problem>
      <Problem text={step.problem} />
      <p role="status">{said}</p>
      {!items && !problem && <p class="meta">Wensen ophalen…</p>}
      {items?.length === 0 && <p>Er zijn nu geen wensen.</p>}
      <ul class="late">
        {items?.map((one) => (
          <li key={one.id}>
            <h2 class="utrecht-heading-2">
              {KINDS.find(([kind]) => kind === one.kind)?.[1]}: {one.organisation}
            </h2>
            <p>
              {one.name}, {cards.gemeente()?.role_labels[one.role as Role] ?? one.role}
              <span class="meta block">Gevraagd op {formatDay(one.made_at)}</span>
            </p>
            <div class="row">
              <Button onClick={() => void close(one)}>
                Rond af<span class="vh">: {one.name}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
