/** The areas of the desk beside the inbox: each is a folder and a chunk of its own, fetched when somebody goes there. */

import type { ComponentType } from "preact";
import type { Person, Role } from "../../types";

/** What the address asks of an area: "/casussen/<id>/netwerk?moment=2026-11" and who asks it. */
export interface AreaProps {
  me: Person;
  /** The first word of the address, because an area may have more than one page. */
  page: string;
  id: string | null;
  rest: readonly string[];
  query: URLSearchParams;
}

interface Area {
  folder: string;
  /** Who finds it in a menu. Without a list everybody may try the address: the server decides. */
  roles?: readonly Role[];
}

export const DESK: readonly Role[] = ["procesregisseur", "adviseur-oov"];

const areas: Record<string, Area> = {
  bundels: { folder: "bundles", roles: DESK },
  // Somebody may take part in one case only, whatever the role.
  casussen: { folder: "cases" },
  acties: { folder: "cases" },
  // Whoever works along on a case may be shown one point.
  overleg: { folder: "meetings" },
  invoeren: { folder: "entry", roles: DESK },
  rechten: { folder: "rights", roles: DESK },
  cijfers: { folder: "pace", roles: DESK },
  afwezig: { folder: "away", roles: DESK },
  brieven: {
    folder: "briefings",
    roles: [...DESK, "projectleider", "bestuur", "contactpersoon"],
  },
  effect: { folder: "effect", roles: [...DESK, "projectleider", "bestuur"] },
  koppelingen: { folder: "systems", roles: ["beheerder"] },
  kwartaalcijfers: { folder: "reports", roles: [...DESK, "projectleider", "bestuur"] },
};

type Chunk = { default: ComponentType<AreaProps> };

// A folder that has a Screen.tsx is an area; nothing else needs to know of it.
const chunks = import.meta.glob<Chunk>("./*/Screen.tsx");

export type LoadArea = () => Promise<Chunk>;

/** The way to fetch the area of a page, or null when there is none for this role. */
export function areaOf(page: string, role: Role): LoadArea | null {
  const area = Object.hasOwn(areas, page) ? areas[page] : undefined;
  if (!area || (area.roles && !area.roles.includes(role))) return null;
  return chunks[`./${area.folder}/Screen.tsx`] ?? null;
}
