import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

interface FoldProps {
  title: ComponentChildren;
  count?: number | undefined;
  open?: boolean | undefined;
  /** With a border of its own instead of one row among others. */
  boxed?: boolean | undefined;
  children: ComponentChildren;
}

export const Fold = ({ title, count, open, boxed, children }: FoldProps) => (
  <details class={boxed ? "fold fold--boxed" : "fold"} open={open}>
    <summary>
      {title}
      {count !== undefined && <span class="count">{count}</span>}
      <Icon name="down" />
    </summary>
    {children}
  </details>
);
