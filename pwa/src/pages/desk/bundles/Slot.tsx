import { useRef, useState } from "preact/hooks";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import type { SlotProps } from "../slots";
import { useFetched } from "../useFetched";
import { useStep } from "../useStep";
import * as bundles from "./bundles";
import "./bundles.css";
import { ByHand } from "./ByHand";
import { Like } from "./Like";
import { memberTitle } from "./phrases";

function titleOf(count: number): string {
  return count === 1 ? "Lijkt op 1 andere melding" : `Lijkt op ${count} andere meldingen`;
}

/** On one report: what looks like it, and why. Nothing is joined unless somebody does. */
export default function BundleSlot({ plain, onChanged }: SlotProps) {
  // A colleague who bundles it raises the version.
  const asked = `${plain.id} ${plain.version}`;
  const { value: found, problem, refresh } = useFetched(() => bundles.suggestions(plain.id), asked);
  const [said, setSaid] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const step = useStep(() => void refresh());

  const done = async (sentence: string) => {
    setSaid(sentence);
    await refresh();
    // The button that had focus may be gone with its suggestion.
    heading.current?.focus();
  };
  const join = (suggestion: bundles.Suggestion) =>
    step.run(async () => {
      await bundles.join(plain.id, found?.bundle ?? null, suggestion);
      onChanged();
      await done(`${memberTitle(suggestion.observation)} zit nu in dezelfde bundel.`);
    });
  const reject = (suggestion: bundles.Suggestion) =>
    step.run(async () => {
      await bundles.reject(plain.id, suggestion.observation.id);
      await done(`${memberTitle(suggestion.observation)} stellen we hier niet meer voor.`);
    });

  return (
    <section class="part" aria-labelledby="lijkt">
      <h2 class="utrecht-heading-3" id="lijkt" tabIndex={-1} ref={heading}>
        {found?.items.length ? titleOf(found.items.length) : "Lijkt op"}
      </h2>
      {found?.bundle && (
        <div class="row">
          <p>Deze melding zit in een bundel.</p>
          <Button href={`#/bundels/${found.bundle}`}>Bekijk de bundel</Button>
        </div>
      )}
      <p class={said ? "meta" : "vh"} role="status">
        {said}
      </p>
      <Problem text={problem || step.problem} />
      {!found && !problem && <p class="meta">Kijken wat hierop lijkt…</p>}
      {found && found.items.length === 0 && <p class="meta">{emptyText(found)}</p>}
      {!!found?.items.length && (
        <div class="likes">
          {found.items.map((suggestion) => (
            <Like
              key={suggestion.observation.id}
              suggestion={suggestion}
              own={found.bundle}
              busy={step.busy}
              onJoin={() => void join(suggestion)}
              onReject={() => void reject(suggestion)}
            />
          ))}
        </div>
      )}
      {found && !found.bundle && (
        <ByHand
          id={plain.id}
          onMade={() => {
            onChanged();
            void done("De meldingen zitten nu in een bundel.");
          }}
        />
      )}
    </section>
  );
}

function emptyText({ on, ready }: bundles.Suggestions): string {
  if (!on) return "Voorstellen staan uit in deze gemeente. Zelf bundelen kan wel.";
  if (!ready) return "Hier is nog niet naar gekeken. Dat duurt hooguit een paar minuten.";
  return "Geen andere melding lijkt hierop.";
}
