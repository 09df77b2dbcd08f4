import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import type { ObservationPlain } from "../../types";
import { moves, type Wish } from "./moves";
import { stateWords } from "./phrases";

interface ClashProps {
  plain: ObservationPlain;
  by: string;
  wish: Wish;
  busy: boolean;
  onAgain: () => void;
  onLeave: () => void;
}

/** Two people at once: the second sees both, and nothing typed is lost. */
export function Clash({ plain, by, wish, busy, onAgain, onLeave }: ClashProps) {
  if (plain.state === wish.state) {
    return (
      <Notice role="status">
        <p>
          {by} was je net voor: deze melding is nu {stateWords[plain.state].toLowerCase()}.
        </p>
        <Button kind="subtle" onClick={onLeave}>
          Goed
        </Button>
      </Notice>
    );
  }
  const possible = moves[plain.state].includes(wish.state);
  return (
    <Notice kind="warning" role="alert">
      <p>
        <b>{by} heeft dit net ook veranderd. Bekijk beide en kies.</b>
      </p>
      <dl class="clash">
        <dt>Nu</dt>
        <dd>{stateWords[plain.state]}</dd>
        <dt>Jij koos</dt>
        <dd>{stateWords[wish.state]}</dd>
      </dl>
      <div class="row">
        {possible && (
          <Button disabled={busy} onClick={onAgain}>
            Toch {wish.state === "closed" ? "afronden" : "in behandeling nemen"}
          </Button>
        )}
        <Button kind="subtle" onClick={onLeave}>
          Laat het zo
        </Button>
      </div>
    </Notice>
  );
}
