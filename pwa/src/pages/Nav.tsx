import { useEffect, useState } from "preact/hooks";
import { AppNav } from "../parts/AppNav";
import { current } from "../session";
import { useAfter } from "./behind";

const DESKS: Record<string, readonly [path: string, text: string]> = {
  procesregisseur: ["/postvak", "Postvak"],
  "adviseur-oov": ["/postvak", "Postvak"],
  kernteam: ["/casussen", "Casussen"],
  projectleider: ["/overleg", "Overleg"],
  bestuur: ["/kwartaalcijfers", "Kwartalen"],
};

const desk = () => DESKS[current()?.role ?? ""];

/** Where somebody starts: at the desk, or with the cards. */
export const home = () => desk()?.[0] ?? "/kaarten";

/** The menu of the reporter; whoever works at the desk finds the way back to it here. */
export function Nav({ at }: { at: string }) {
  const [{ unsent, unseen }, tell] = useState({ unsent: 0, unseen: 0 });
  const after = useAfter();
  const own = desk();
  useEffect(() => after?.watchCounts(tell), [after]);
  const says = [unsent && `${unsent} niet verstuurd`, unseen && `${unseen} nieuw`].filter(Boolean);
  return (
    <AppNav
      at={at}
      items={[
        ...(own ? [{ href: `#${own[0]}`, icon: "open", text: own[1] } as const] : []),
        { href: "#/kaarten", icon: "cards", text: "Kaarten" },
        {
          href: "#/mijn",
          icon: "mail",
          text: "Mijn meldingen",
          count: unsent + unseen,
          says: says.join(", "),
        },
        { href: "#/instellingen", icon: "gear", text: "Instellingen" },
      ]}
    />
  );
}
