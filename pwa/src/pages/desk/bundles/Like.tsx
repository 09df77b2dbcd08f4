import { Button } from "../../../parts/Button";
import type { Suggestion } from "./bundles";
import { memberTitle, why } from "./phrases";

interface LikeProps {
  suggestion: Suggestion;
  /** The bundle of what it looks like. */
  own: string | null;
  busy: boolean;
  onJoin: () => void;
  onReject: () => void;
}

/** Something that looks like it, and why. Somebody decides. */
export function Like({ suggestion, own, busy, onJoin, onReject }: LikeProps) {
  const { observation, reasons, bundle } = suggestion;
  const id = `lijkt-${observation.id}`;
  const title = memberTitle(observation);
  const elsewhere = bundle !== null && own !== null;
  return (
    <article class="like" aria-labelledby={id}>
      <h3 class="utrecht-heading-3" id={id}>
        {title}
      </h3>
      <p>
        {why(reasons)} {bundle && "Zit al in een bundel."}
      </p>
      <p class="meta">
        <a
          class="utrecht-link utrecht-link--html-a tap"
          href={bundle ? `#/bundels/${bundle}` : `#/postvak/${observation.id}`}
        >
          {bundle ? "Bekijk die bundel" : `Bekijk melding ${observation.receipt}`}
          <span class="vh">, {title}</span>
        </a>
      </p>
      <div class="row">
        <Button onClick={onJoin} disabled={busy}>
          {elsewhere ? "Voeg de bundels samen" : bundle ? "Zet erbij" : "Bundel"}
          <span class="vh"> met {title}</span>
        </Button>
        <Button kind="subtle" onClick={onReject} disabled={busy}>
          Hoort er niet bij<span class="vh">: {title}</span>
        </Button>
      </div>
    </article>
  );
}
