/** Which screens somebody's role has; what does not exist is not promised. */

import type { IconName } from "../../parts/Icon";
import type { Role } from "../../types";
import { areaOf, DESK } from "./screens";

export interface Tab {
  href: string;
  text: string;
  icon?: IconName;
  /** A path of its own, for an icon only the desk needs. */
  d?: string;
  /** What the number beside it counts: "3 nieuw". */
  counts?: string;
}

const cards: Tab = { href: "#/kaarten", text: "Kaarten", icon: "cards" };
const bundles: Tab = {
  href: "#/bundels",
  text: "Bundels",
  d: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
  counts: "nieuw",
};
const cases: Tab = { href: "#/casussen", text: "Casussen", icon: "people" };
const meetings: Tab = {
  href: "#/overleg",
  text: "Overleg",
  d: "M4 7a1.5 1.5 0 0 1 1.5-1.5h13A1.5 1.5 0 0 1 20 7v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19ZM4 10h16M8.5 3v4M15.5 3v4",
};
const actions: Tab = { href: "#/acties", text: "Acties", icon: "check" };
const quarters: Tab = {
  href: "#/kwartaalcijfers",
  text: "Kwartalen",
  d: "M4 20h16M6.5 20v-6M12 20V5M17.5 20v-9",
};
const letters: Tab = {
  href: "#/brieven",
  text: "Brieven",
  d: "M6 3.5h8.5L19 8v12.5H6ZM14 3.5V8.5h5M9 12.5h7M9 16h7",
};
const effect: Tab = { href: "#/effect", text: "Effect", d: "M4 17l5-5 4 3 7-8M15 7h5v5" };
const systems: Tab = {
  href: "#/koppelingen",
  text: "Koppelingen",
  d: "M9 7V3M15 7V3M6 7h12v4a6 6 0 0 1-12 0ZM12 17v4",
};
const more: Tab = {
  href: "#/meer",
  text: "Meer",
  d: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
};

export function canInvite(role: Role): boolean {
  return role === "beheerder" || role === "contactpersoon";
}

function hasScreen(role: Role, href: string): boolean {
  return areaOf(href.slice("#/".length), role) !== null;
}

/** Only what has a screen for this role. */
function there(role: Role, tabs: readonly Tab[]): Tab[] {
  return tabs.filter(({ href }) => hasScreen(role, href));
}

export function tabsFor(role: Role): Tab[] {
  if (DESK.includes(role)) {
    return [
      { href: "#/postvak", text: "Postvak", icon: "mail", counts: "nieuw" },
      ...there(role, [bundles, cases, meetings]),
      more,
    ];
  }
  if (role === "kernteam") return [...there(role, [cases, meetings]), cards];
  if (role === "projectleider")
    return [...there(role, [meetings, actions, cases, quarters, letters, effect]), cards];
  if (role === "bestuur") return [...there(role, [quarters, letters, effect]), cards];
  if (canInvite(role)) {
    return [
      { href: "#/uitnodigen/mensen", text: "Mensen", icon: "people" },
      { href: "#/uitnodigen", text: "Uitnodigen", icon: "plus" },
      ...there(role, [letters, systems]),
      cards,
    ];
  }
  return [cards];
}

export interface Entry extends Tab {
  about: string;
  /** Its screen is an area of its own. */
  area?: boolean;
}

const entries: readonly Entry[] = [
  {
    href: "#/invoeren",
    text: "Invoeren",
    about: "Een melding die op een andere manier kwam",
    area: true,
  },
  { href: "#/nakomers", text: "Nakomers", about: "Wat binnenkwam en nergens past" },
  { href: "#/wensen", text: "Wensen", about: "Wie wil voorlichting of training" },
  { ...actions, about: "Wat is afgesproken, voor wie en wanneer", area: true },
  {
    href: "#/rechten",
    text: "Rechten",
    about: "Inzage, kopie en wissen voor wie erom vraagt",
    area: true,
  },
  { ...quarters, about: "Wat er per kwartaal binnenkwam", area: true },
  {
    ...letters,
    about: "Eén A4 voor driehoek en raad, en brieven voor clubs en scholen",
    area: true,
  },
  { ...effect, about: "Doet de aanpak wat hij moet doen?", area: true },
  {
    href: "#/cijfers",
    text: "Cijfers van het loket",
    about: "Hoe snel melders antwoord krijgen",
    area: true,
  },
  {
    href: "#/afwezig",
    text: "Aanwezig",
    about: "Wie er niet is, en wie vervangt",
    area: true,
  },
  { ...cards, about: "De signaalkaarten" },
  { href: "#/instellingen", text: "Instellingen", about: "Seintjes, toestellen en weergave" },
];

/** What stands behind "Meer" at the desk: needed less often than every day. */
export function moreFor(role: Role): Entry[] {
  return entries.filter(({ href, area }) => !area || hasScreen(role, href));
}

/** The tab an address belongs to. */
export function tabOf(path: string, role: Role): string {
  const [page = "", second] = path.slice(1).split("/");
  const at = page === "uitnodigen" && second === "mensen" ? "#/uitnodigen/mensen" : `#/${page}`;
  return tabsFor(role).some(({ href }) => href === at) || !DESK.includes(role) ? at : more.href;
}
