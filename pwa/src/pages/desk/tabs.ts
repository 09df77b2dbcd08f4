/** Which screens somebody's role has; what does not exist yet is not promised. */

import type { IconName } from "../../parts/Icon";
import type { Role } from "../../types";
import { deskOf } from "./phrases";

export interface Tab {
  href: string;
  text: string;
  icon: IconName;
}

const cards: Tab = { href: "#/kaarten", text: "Kaarten", icon: "cards" };

export function canInvite(role: Role): boolean {
  return role === "beheerder" || role === "contactpersoon";
}

export function tabsFor(role: Role): Tab[] {
  if (deskOf[role]) {
    return [
      { href: "#/postvak", text: "Postvak", icon: "mail" },
      { href: "#/nakomers", text: "Nakomers", icon: "open" },
      { href: "#/wensen", text: "Wensen", icon: "question" },
      cards,
    ];
  }
  if (canInvite(role)) {
    return [
      { href: "#/uitnodigen/mensen", text: "Mensen", icon: "people" },
      { href: "#/uitnodigen", text: "Uitnodigen", icon: "plus" },
      cards,
    ];
  }
  return [cards];
}
