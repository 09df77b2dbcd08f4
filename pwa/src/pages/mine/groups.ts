import type { Mine, MineStatus } from "../../types";

const FOR_YOU: MineStatus[] = ["question", "look"];
const ON_ITS_WAY: MineStatus[] = ["saved", "sending"];

/** What asks something of you comes first, then what is still on this phone, then the rest. */
export function groups(list: readonly Mine[]): [title: string, items: Mine[]][] {
  const title = ({ status, unseen, withdrawal }: Mine) =>
    FOR_YOU.includes(status) ||
    withdrawal === "look" ||
    (unseen && (status === "feedback" || status === "gone"))
      ? "Voor jou"
      : ON_ITS_WAY.includes(status)
        ? "Onderweg"
        : status === "gone"
          ? "Gewist"
          : "Bij de gemeente";
  return ["Voor jou", "Onderweg", "Bij de gemeente", "Gewist"]
    .map((name): [string, Mine[]] => [name, list.filter((one) => title(one) === name)])
    .filter(([, items]) => items.length > 0);
}
