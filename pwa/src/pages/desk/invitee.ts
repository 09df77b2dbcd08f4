/** Who is being invited, as it is filled in. */

import type { NewInvitation, Person, Role } from "../../types";

export interface Invitee {
  name: string;
  role: Role | "";
  organisation: string;
  kind: string;
  card: string;
  mail: string;
}

export const kindNames: ReadonlyArray<readonly [string, string]> = [
  ["school", "School"],
  ["club", "Club of vereniging"],
  ["jongerenwerk", "Jongerenwerk"],
  ["om", "Openbaar Ministerie"],
  ["gemeente", "Gemeente"],
  ["politie", "Politie"],
];

export const roleNames: Record<Role, string> = {
  melder: "Melder",
  contactpersoon: "Contactpersoon",
  procesregisseur: "Procesregisseur",
  "adviseur-oov": "Adviseur OOV",
  kernteam: "Kernteam",
  projectleider: "Projectleider",
  bestuur: "Bestuur",
  beheerder: "Beheerder",
};

const kindOfCard: Record<string, string> = { onderwijs: "school", sport: "club" };

/** Whoever works with a card of their own: they open the app on it. */
export function hasCard(role: Role | ""): boolean {
  return role === "melder" || role === "contactpersoon";
}

/** A contactpersoon invites melders of the own school or club, so most of it is known already. */
export function newInvitee(by: Person): Invitee {
  if (by.role !== "contactpersoon") {
    return { name: "", role: "", organisation: "", kind: "", card: "", mail: "" };
  }
  return {
    name: "",
    role: "melder",
    organisation: by.organisation ?? "",
    kind: kindOfCard[by.card ?? ""] ?? "",
    card: by.card ?? "",
    mail: "",
  };
}

export type Faults = Partial<Record<keyof Invitee, string>>;

export function faultsOf(invitee: Invitee): Faults {
  const faults: Faults = {};
  if (!invitee.name.trim()) faults.name = "Vul de naam in.";
  if (!invitee.role) faults.role = "Kies een rol.";
  if (!invitee.organisation.trim()) faults.organisation = "Vul in waar diegene werkt.";
  if (!invitee.kind) faults.kind = "Kies een soort organisatie.";
  return faults;
}

export function toInvitation(invitee: Invitee & { role: Role }): NewInvitation {
  const { name, role, organisation, kind, card, mail } = invitee;
  return {
    name: name.trim(),
    role,
    organisation: { name: organisation.trim(), kind },
    ...(card && hasCard(role) && { card }),
    ...(mail.trim() && { mail: mail.trim() }),
  };
}
