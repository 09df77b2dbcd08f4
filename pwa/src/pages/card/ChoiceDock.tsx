import { useEffect, useState } from "preact/hooks";
import * as choice from "../../choice";
import { Button } from "../../parts/Button";
import { Dock } from "../../parts/Dock";
import { Beads } from "../../parts/Dots";
import type { Card } from "../../types";
import { countSignals } from "../names";

const UNDO_MS = 10_000;

/** What is chosen on this card, and the two things you can do with it. */
export function ChoiceDock({ card, chosen }: { card: Card; chosen: number }) {
  const [wiped, setWiped] = useState(false);
  useEffect(() => {
    if (!wiped) return;
    const timer = setTimeout(() => setWiped(false), UNDO_MS);
    return () => clearTimeout(timer);
  }, [wiped]);
  const wipe = () => {
    choice.clear(card.id);
    setWiped(true);
  };
  const undo = () => {
    choice.undoClear(card.id);
    setWiped(false);
  };
  const undoable = wiped && !chosen;
  return (
    <Dock
      label="Jouw keuze"
      one={!chosen}
      aside={!chosen}
      line={
        <>
          {chosen > 0 && <Beads count={chosen} />}
          <span aria-live="polite">
            {chosen
              ? `${countSignals(chosen)} gekozen`
              : undoable
                ? "Keuze gewist"
                : "Nog niets gekozen"}
          </span>
          {chosen > 0 && (
            <button type="button" onClick={wipe}>
              Wis keuze
            </button>
          )}
          {undoable && (
            <button type="button" onClick={undo}>
              Zet terug
            </button>
          )}
        </>
      }
    >
      {chosen > 0 && (
        <Button kind="primary-action" href={`#/watnu/${card.id}`}>
          Wat doe ik nu?
        </Button>
      )}
      <Button
        kind={chosen ? "secondary-action" : "primary-action"}
        href={`#/melden/${card.id}${chosen ? "" : "/1"}`}
      >
        Melden
      </Button>
    </Dock>
  );
}
