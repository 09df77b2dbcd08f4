import { Badge } from "../../parts/Badge";
import type { InboxItem } from "../../types";
import { stateWords } from "./phrases";

const icons = { new: "mail", read: "eye", in_progress: "eye", closed: "check" } as const;

/** A question to the reporter says more than the state it was asked in. */
export const StateBadge = ({ item }: { item: Pick<InboxItem, "state" | "waiting"> }) =>
  item.waiting && item.state !== "closed" ? (
    <Badge tone="plain" icon="question" text="Wacht op melder" />
  ) : (
    <Badge icon={icons[item.state]} text={stateWords[item.state]} />
  );
