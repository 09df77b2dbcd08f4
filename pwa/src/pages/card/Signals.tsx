import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import * as cards from "../../cards";
import { Fold } from "../../parts/Fold";
import type { Card, Signal } from "../../types";
import { SignalRow } from "./SignalRow";

interface SignalsProps {
  card: Card;
  ticked: ReadonlySet<string>;
  /** Who is not signed in reads the card, but has no form to tick for. */
  tickable: boolean;
  /** Whether the fold-outs are drawn too. */
  all: boolean;
}

/** The first six by weight, the rest per kind in fold-outs. */
export function Signals({ card, ticked, tickable, all }: SignalsProps) {
  const [latest, setLatest] = useState("");
  const rows = (signals: readonly Signal[]) => (
    <ul class="list bleed">
      {signals.map((signal) =>
        tickable ? (
          <SignalRow
            key={signal.id}
            card={card}
            signal={signal}
            ticked={ticked.has(signal.id)}
            latest={latest === signal.id}
            onTick={setLatest}
          />
        ) : (
          <li class="factor" key={signal.id}>
            {signal.text}
            {signal.caution && <span class="meta block">{signal.caution}</span>}
          </li>
        ),
      )}
    </ul>
  );
  return (
    <section aria-labelledby="signalen">
      <div class="section-head">
        <h2 class="utrecht-heading-2" id="signalen" tabIndex={-1}>
          Let hier het eerst op
        </h2>
        {tickable && <p class="meta">Tik aan wat je zelf ziet of hoort. ‘Hij’ is ook ‘zij’.</p>}
      </div>
      {rows(cards.firstSix(card))}
      {all && <Groups card={card} ticked={ticked} rows={rows} />}
      {all && card.note && <p class="note space">{card.note}</p>}
    </section>
  );
}

interface GroupsProps {
  card: Card;
  ticked: ReadonlySet<string>;
  rows: (signals: readonly Signal[]) => ComponentChildren;
}

const Groups = ({ card, ticked, rows }: GroupsProps) => (
  <>
    <div class="section-head">
      <h2 class="utrecht-heading-2">Meer signalen, per soort</h2>
    </div>
    <div class="folds bleed">
      {cards.byGroup(card).map(({ group, label, signals }) => (
        <Fold
          key={group}
          title={label}
          count={signals.length}
          open={signals.some((signal) => ticked.has(signal.id))}
        >
          {rows(signals)}
        </Fold>
      ))}
    </div>
  </>
);
