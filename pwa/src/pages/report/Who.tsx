import { Choice } from "../../parts/Choice";
import { Tick } from "../../parts/Tick";
import { Away } from "../mine/Expected";
import type { Ask } from "./ask";
import { Persons } from "./Persons";
import { AskShielded } from "./Shielded";
import { DESKS, INFORMED, URGENCY } from "./words";

/** Step 3: about whom, what the youth knows, and who reads it how soon. */
export const Who = (ask: Ask) => {
  const { card, form, set } = ask;
  return (
    <>
      <p class="note">Weet je geen naam? Sla dit over. Een melding zonder naam telt ook.</p>
      {card.form.names === "behind_question" && (
        <Choice
          id="naam-nodig"
          legend="Is een naam echt nodig?"
          hint="Vertel liever eerst het verhaal zonder naam. De gemeente vraagt erom als het nodig is."
          segment
          options={[
            ["no", "Nee, zonder naam"],
            ["yes", "Ja"],
          ]}
          value={form.names || "no"}
          onValue={(names) => set({ names })}
        />
      )}
      <Persons {...ask} />
      <Choice
        id="weet"
        legend="Weet de jongere of een ouder hiervan?"
        options={INFORMED}
        value={form.informed}
        onValue={(informed) => set({ informed })}
      />
      <ul class="list bleed">
        <Tick
          id="meedenken"
          text="Eerst meedenken, zonder naam"
          checked={form.withoutName}
          onToggle={() => set({ withoutName: !form.withoutName })}
        />
        <Tick
          id="terugbellen"
          text="Bel mij terug"
          checked={form.callBack}
          onToggle={() => set({ callBack: !form.callBack })}
        />
        <AskShielded {...ask} />
      </ul>
      <Choice
        id="spoed"
        legend="Hoe snel moet iemand dit lezen?"
        options={URGENCY}
        value={form.urgency}
        onValue={(urgency) => set({ urgency })}
      />
      <Choice
        id="loket"
        legend="Wie leest het eerst?"
        hint="Weet je het niet? Kies er één. Zij overleggen samen."
        options={DESKS}
        value={form.desk}
        onValue={(desk) => set({ desk })}
      />
      <Away desk={form.desk} />
    </>
  );
};
