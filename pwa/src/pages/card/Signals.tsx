import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import * as cards from "../../cards";
import { Fold } from "../../parts/Fold";
import { Segment } from "../../parts/Segment";
import { Explained } from "../../parts/Tick";
import type { Card, Signal } from "../../types";
import { keepRole, keepShape, role, SHAPES, shape } from "./reading";
import { Could, SignalRow } from "./SignalRow";

interface SignalsProps {
  card: Card;
  ticked: ReadonlySet<string>;
  /** Who is not signed in reads the card, but has no form to tick for. */
  tickable: boolean;
  /** Whether the fold-outs are drawn too. */
  all: boolean;
  /** What somebody came here for. */
  sought: string | undefined;
}

/** The first six by weight, the rest per kind in fold-outs or as one list. */
export function Signals({ card, ticked, tickable, all, sought }: SignalsProps) {
  const [latest, setLatest] = useState("");
  const [as, setAs] = useState(role(card));
  const reader = { role: as, keep: new Set([...ticked, sought ?? ""]) };
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
          <Explained key={signal.id} id={signal.id} text={signal.text}>
            <Could signal={signal} />
          </Explained>
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
      {card.choices.length > 0 && (
        <Segment
          id="lezer"
          label="Toon de signalen voor"
          options={[...card.choices.map(({ id, name }) => [id, name] as const), ["", "Alle"]]}
          value={as ?? ""}
          onValue={(chosen) => {
            keepRole(card.id, chosen || null);
            setAs(chosen || null);
          }}
        />
      )}
      {rows(cards.firstSix(card, reader))}
      {all && <More card={card} reader={reader} rows={rows} />}
      {all && card.note && <p class="note space">{card.note}</p>}
    </section>
  );
}

interface MoreProps {
  card: Card;
  reader: cards.Reader;
  rows: (signals: readonly Signal[]) => ComponentChildren;
}

function More({ card, reader, rows }: MoreProps) {
  const [form, setForm] = useState(shape());
  const rest = cards.theRest(card, reader);
  if (!rest.length) return null;
  return (
    <>
      <div class="section-head">
        <h2 class="utrecht-heading-2">Meer signalen</h2>
        <Segment
          id="vorm"
          label="Toon de signalen"
          options={SHAPES}
          value={form}
          onValue={(chosen) => {
            keepShape(chosen);
            setForm(chosen);
          }}
        />
      </div>
      {form === "list" ? (
        rows(rest)
      ) : (
        <div class="folds bleed">
          {cards.byGroup(card, reader).map(({ group, label, signals }) => (
            <Fold
              key={group}
              title={label}
              count={signals.length}
              open={signals.some(({ id }) => reader.keep.has(id))}
            >
              {rows(signals)}
            </Fold>
          ))}
        </div>
      )}
    </>
  );
}
