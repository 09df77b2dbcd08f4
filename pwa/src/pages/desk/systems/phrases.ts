/** What the screen says of keys and messages. */
import { longDay } from "../day";
import type { Events, System } from "./calls";

export function stateText({ state, ends_on }: System): string {
  if (state === "revoked") return "Ingetrokken";
  return state === "ended"
    ? `Gestopt na ${longDay(ends_on)}`
    : `Werkt tot en met ${longDay(ends_on)}`;
}

export function usedText({ last_used_at }: System): string {
  return last_used_at ? `Laatst gebruikt op ${longDay(last_used_at)}` : "Nog niet gebruikt";
}

export function eventsText({ on, sending, missed, delivered_at }: Events): string[] {
  if (!on)
    return ["Dit staat uit. Wil je het aan? Vul dan [events] in het bestand gemeente.toml in."];
  return [
    delivered_at ? `Laatst aangekomen op ${longDay(delivered_at)}.` : "Er is nog niets aangekomen.",
    ...(sending ? [`Onderweg: ${sending}.`] : []),
    ...(missed ? [`Opgegeven: ${missed}. De andere kant nam ze niet aan.`] : []),
  ];
}

/** What went wrong, as far as the other side said. */
export function faultText({ sending, missed, last_status }: Events): string {
  if (!sending && !missed) return "";
  if (last_status === null) return "";
  return last_status === 410
    ? "De andere kant zei dat zij niets meer wil horen (410)."
    : `De andere kant antwoordde met code ${last_status}.`;
}
