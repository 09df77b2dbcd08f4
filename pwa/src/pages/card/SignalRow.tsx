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
      more={<Could signal={signal} />}
      onToggle={() => {
        choice.toggle(card.id, id);
        onTick(id);
      }}
    />
  );
}

/** A signal proves nothing: beside what it may be always stands what it may be as well. */
export const Could = ({ signal }: { signal: Signal }) => (
  <>
    {signal.could_be && (
      <p>
        <b class="block">Wat kan dit zijn?</b>
        {signal.could_be}
      </p>
    )}
    {signal.could_also_be && (
      <p>
        <b class="block">Wat kan het ook zijn?</b>
        {signal.could_also_be}
      </p>
    )}
    {signal.caution && (
      <p>
        <b class="block">Let op</b>
        {signal.caution}
      </p>
    )}
  </>
);
