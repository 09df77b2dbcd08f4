/** A mail with an invitation, ready to send from somebody's own mail program. */
import type { Invitation } from "../../../types";
import { spellCode } from "../../qr";
import { longMoment } from "../day";

export function mailText(name: string, place: string, invitation: Invitation): string {
  return [
    `Beste ${name},`,
    "",
    `Je bent uitgenodigd voor de signaalkaart van ${place}. Open deze link op het toestel waarmee je wilt melden:`,
    "",
    invitation.link,
    "",
    `De link werkt één keer, tot ${longMoment(invitation.expires_at)}. Lukt het niet? Kies dan Inloggen en typ deze code: ${spellCode(invitation.code)}`,
    "",
    "Stuur deze mail niet door: wie de link heeft, komt binnen als jij.",
  ].join("\n");
}

export function mailLink(to: string | null, text: string): string {
  const subject = encodeURIComponent("Uitnodiging voor de signaalkaart");
  const lines = encodeURIComponent(text.replace(/\n/g, "\r\n"));
  return `mailto:${encodeURIComponent(to ?? "").replace("%40", "@")}?subject=${subject}&body=${lines}`;
}
