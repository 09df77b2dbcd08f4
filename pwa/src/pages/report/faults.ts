import type { Faults } from "../../parts/ErrorSummary";
import type { Card } from "../../types";
import { type Form, localMoment, momentOf } from "./form";

/** 0 is the fast path on one screen; 1 to 4 are the steps of "Meer vertellen". */
export type Step = 0 | 1 | 2 | 3 | 4;

const TOO_LONG =
  "Je tekst is te lang om te verzegelen. Maak hem korter. Wat niet past, stuur je straks mee als aanvulling.";

/** What is still missing on this step; the fast path and the last step look at everything. */
export function faults(
  form: Form,
  card: Card,
  signals: number,
  step: Step,
  now: Date,
  tooLong = false,
): Faults {
  const all = step === 0 || step === 4;
  const found: [string, string][] = [];
  if (all || step === 1) {
    // An answer nobody gave is no answer: what belongs under the Wpg must not end up here unread.
    if (card.form.wpg && form.investigation !== "no")
      found.push(["opsporing", "Kies of dit bij een opsporing of proces-verbaal hoort."]);
    if (!signals && !form.what.trim())
      found.push(["wat", "Vertel in een paar woorden wat je zag of hoorde."]);
    if (tooLong) found.push(["wat", TOO_LONG]);
    if (!form.basis) found.push(["basis", "Kies hoe je dit weet."]);
  }
  if (all || step === 2) {
    if (form.moment === "earlier") found.push(...momentFaults(form, now));
    if (!form.area) found.push(["buurt", "Kies een buurt, of kies ‘Weet ik niet’."]);
  }
  return found;
}

function momentFaults(form: Form, now: Date): [string, string][] {
  if (!form.date) return [["dag", "Kies een dag."]];
  if (!form.time) return [["tijd", "Kies een tijd. Ongeveer is goed."]];
  if (momentOf(form) > localMoment(now))
    return [["dag", "Dit moment is nog niet geweest. Kies een eerder moment."]];
  return [];
}
