import { Choice } from "../../parts/Choice";
import { Field } from "../../parts/Field";
import { type Ask, faultOf } from "./ask";
import { Chosen } from "./Chosen";
import { BASIS } from "./words";

export const AskBasis = ({ form, faults, set }: Ask) => (
  <Choice
    id="basis"
    legend="Hoe weet je dit?"
    options={BASIS}
    value={form.basis}
    error={faultOf(faults, "basis")}
    onValue={(basis) => set({ basis })}
  />
);

/** With a signal ticked the text may stay empty. */
const AskWhat = ({ form, faults, set, optional }: Ask & { optional: boolean }) => (
  <Field
    id="wat"
    rows={5}
    label="Vertel wat je zag of hoorde"
    hint="Schrijf feiten: wat deed iemand, wat hoorde je letterlijk? Schrijf geen oordeel, geen afkomst, geloof of gezondheid op."
    optional={optional}
    value={form.what}
    error={faultOf(faults, "wat")}
    onValue={(what) => set({ what })}
  />
);

/**
 * A boa's investigation falls under the Wpg and must not be stored here. So this is asked and not
 * assumed: one tap, the third of at most six.
 */
export const AskInvestigation = ({ form, faults, set }: Ask) => (
  <Choice
    id="opsporing"
    legend="Hoort dit bij een opsporing of proces-verbaal?"
    segment
    options={[
      ["no", "Nee"],
      ["yes", "Ja"],
    ]}
    value={form.investigation}
    error={faultOf(faults, "opsporing")}
    onValue={(investigation) => set({ investigation })}
  />
);

/** Step 1. */
export const What = (ask: Ask & { ticked: readonly string[] }) => (
  <>
    <Chosen card={ask.card} ticked={ask.ticked} />
    {ask.card.form.wpg && <AskInvestigation {...ask} />}
    <AskWhat
      {...ask}
      optional={ask.card.signals.some((signal) => ask.ticked.includes(signal.id))}
    />
    <AskBasis {...ask} />
  </>
);
