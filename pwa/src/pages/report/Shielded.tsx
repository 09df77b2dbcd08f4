import * as cards from "../../cards";
import { Tick } from "../../parts/Tick";
import type { Ask } from "./ask";

/** For who is afraid: the desk then sees no name, and can still answer. */
export const AskShielded = ({ form, set, alone }: Ask & { alone?: boolean }) => (
  <Tick
    id="afgeschermd"
    text="Meld afgeschermd"
    alone={alone}
    checked={form.shielded}
    onToggle={() => set({ shielded: !form.shielded })}
    more={
      <p>
        Wie je melding leest, ziet niet wie je bent of waar je werkt. Alleen de {manager()} kan dat
        zien, met een reden. Je krijgt gewoon antwoord.
      </p>
    }
    heavy={form.shielded && "Schrijf in je melding niet op wie jij bent."}
  />
);

const manager = () =>
  (cards.gemeente()?.role_labels.procesregisseur ?? "procesregisseur").toLowerCase();
