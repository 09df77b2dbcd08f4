import * as cards from "../../../cards";
import { Fold } from "../../../parts/Fold";
import { Tick } from "../../../parts/Tick";
import type { Card, Signal } from "../../../types";
import { signalCount } from "../phrases";
import { toggled } from "./form";

interface SignalsProps {
  card: Card;
  signals: readonly string[];
  protective: readonly string[];
  onChange: (what: { signals?: string[]; protective?: string[] }) => void;
}

function grouped(card: Card): [label: string, signals: Signal[]][] {
  const labels = Object.entries(cards.gemeente()?.group_labels ?? {});
  return labels
    .map(([group, label]): [string, Signal[]] => [
      label,
      card.signals.filter((signal) => signal.group === group),
    ])
    .filter(([, signals]) => signals.length > 0);
}

/** The signals of the card, folded in: who has time ticks what was told. */
export function Signals({ card, signals, protective, onChange }: SignalsProps) {
  const title = signals.length ? `${signalCount(signals.length)} gekozen` : "Kies signalen";
  return (
    <Fold title={title} boxed>
      {grouped(card).map(([label, rows]) => (
        <fieldset class="entry__group" key={label}>
          <legend class="utrecht-form-label">{label}</legend>
          <ul class="list">
            {rows.map(({ id, text }) => (
              <Tick
                key={id}
                id={`s-${id}`}
                text={text}
                checked={signals.includes(id)}
                onToggle={() => onChange({ signals: toggled(signals, id) })}
              />
            ))}
          </ul>
        </fieldset>
      ))}
      <fieldset class="entry__group">
        <legend class="utrecht-form-label">Wat beschermt</legend>
        <ul class="list">
          {card.protective_factors.map(({ id, text }) => (
            <Tick
              key={id}
              id={`s-${id}`}
              text={text}
              checked={protective.includes(id)}
              onToggle={() => onChange({ protective: toggled(protective, id) })}
            />
          ))}
        </ul>
      </fieldset>
    </Fold>
  );
}
