import * as mine from "../mine";
import * as outbox from "../outbox";
import { AppNav } from "../parts/AppNav";
import { current } from "../session";
import { useAnswer } from "./use";

const DESK = ["procesregisseur", "adviseur-oov"];

export const atDesk = () => DESK.includes(current()?.role ?? "");

const count = async () => {
  const [unsent, list] = await Promise.all([outbox.count(), mine.list()]);
  return { unsent, unseen: list.filter((one) => one.unseen).length };
};

/** Where somebody starts: at the desk, or with the cards. */
export const home = () => (atDesk() ? "/postvak" : "/kaarten");

/** The menu of the reporter; whoever works at the desk finds the way back to it here. */
export function Nav({ at }: { at: string }) {
  const { unsent = 0, unseen = 0 } = useAnswer(count, "", mine.onChange) ?? {};
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
