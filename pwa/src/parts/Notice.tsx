import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

const icons = {
  info: "info",
  ok: "check",
  warning: "alert",
  error: "alert",
} as const;

interface NoticeProps {
  kind?: "info" | "ok" | "warning" | "error" | undefined;
  /** "status" for what merely happened, "alert" only for what did not work. */
  role?: "status" | "alert" | undefined;
  children: ComponentChildren;
}

export const Notice = ({ kind = "info", role, children }: NoticeProps) => (
  <div class={`utrecht-alert utrecht-alert--${kind}`} role={role}>
    <div class="utrecht-alert__icon">
      <Icon name={icons[kind]} />
    </div>
    <div class="utrecht-alert__content">
      <div class="utrecht-alert__message">{children}</div>
    </div>
  </div>
);
