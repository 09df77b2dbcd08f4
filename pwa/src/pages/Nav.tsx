import { useEffect, useState } from "preact/hooks";
import { AppNav } from "../parts/AppNav";
import { current } from "../session";
import { useAfter } from "./behind";

const DESK = ["procesregisseur", "adviseur-oov"];

export const atDesk = () => DESK.includes(current()?.role ?? "");

/** Where somebody starts: at the desk, or with the cards. */
export const home = () => (atDesk() ? "/postvak" : "/kaarten");

/** The menu of the reporter; whoever works at the desk finds the way back to it here. */
export function Nav({ at }: { at: string }) {
  const [{ unsent, unseen }, tell] = useState({ unsent: 0, unseen: 0 });
  const after = useAfter();
  useEffect(() => after?.watchCounts(tell), [after]);
  const says = [unsent && `${unsent} niet verstuurd`, unseen && `${unseen} nieuw`].filter(Boolean);
  return (
    <AppNav
      at={at}
      items={[
        ...(atDesk() ? [{ href: "#/postvak", icon: "open", text: "Postvak" } as const] : []),
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
