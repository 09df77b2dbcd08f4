import * as choice from "../../choice";
import { Tick } from "../../parts/Tick";
import type { Card, Signal } from "../../types";

interface RowProps {
  card: Card;
  signal: Signal;
  ticked: boolean;
  /** The signal that was ticked last: only that one says what it asks of you. */
  latest: boolean;
  onTick: (id: string) => void;
}

export function SignalRow({ card, signal, ticked, latest, onTick }: RowProps) {
  const { id, text, caution, alarm, weight } = signal;
  const heavy = weight === "ernstig" ? "Dit is genoeg om vandaag te bellen." : caution;
  return (
    <Tick
      id={id}
      text={text}
      checked={ticked}
      red={!!alarm}
      heavy={ticked && (latest || caution) && (alarm ?? heavy)}
      more={caution && <p>{caution}</p>}
      onToggle={() => {
        choice.toggle(card.id, id);
        onTick(id);
      }}
    />
  );
}
