import { Badge, type Tone } from "../../parts/Badge";
import type { IconName } from "../../parts/Icon";
import type { Mine, MineStatus } from "../../types";
import { STATUS } from "../../words";

interface Look {
  tone: Tone;
  icon: IconName;
  /** How many of the four dots. */
  dots: number;
  trail: string;
}

const LOOKS: Record<MineStatus, Look> = {
  saved: {
    tone: "plain",
    icon: "device",
    dots: 1,
    trail: "op dit toestel",
  },
  sending: {
    tone: "neutral",
    icon: "up",
    dots: 1,
    trail: "op dit toestel",
  },
  received: { tone: "neutral", icon: "mail", dots: 2, trail: "ontvangen" },
  read: { tone: "neutral", icon: "eye", dots: 3, trail: "gelezen" },
  feedback: {
    tone: "safe",
    icon: "open",
    dots: 4,
    trail: "antwoord gekregen",
  },
  question: {
    tone: "warning",
    icon: "question",
    dots: 3,
    trail: "gelezen",
  },
  gone: { tone: "plain", icon: "lock", dots: 0, trail: "" },
  look: { tone: "danger", icon: "alert", dots: 0, trail: "" },
};

export const lookOf = (one: Mine): Look => LOOKS[one.status];

export const StatusBadge = ({ one, receipt }: { one: Mine; receipt?: boolean }) => {
  const { tone, icon } = lookOf(one);
  const number =
    receipt && one.status === "received" && one.receipt ? ` · Bonnummer ${one.receipt}` : "";
  return <Badge tone={tone} icon={icon} text={STATUS[one.status] + number} />;
};
