import { Icon, type IconName } from "./Icon";

export type Tone = "neutral" | "safe" | "warning" | "danger" | "plain";

/** A status in words; colour and icon only repeat it. */
export const Badge = ({
  tone = "neutral",
  icon,
  text,
}: {
  tone?: Tone | undefined;
  icon: IconName;
  text: string;
}) => (
  <span
    class={`utrecht-status-badge${tone === "plain" ? "" : ` utrecht-status-badge--${tone}`} sk-status`}
  >
    <Icon name={icon} />
    {text}
  </span>
);
