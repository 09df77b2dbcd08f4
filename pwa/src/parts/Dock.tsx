import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

interface DockProps {
  label: string;
  /** What stands above the buttons, such as the number of chosen signals. */
  line?: ComponentChildren | undefined;
  /** A quiet sentence below the buttons; changes are announced. */
  note?: string | undefined;
  /** One button takes the whole width, two stand side by side. */
  one?: boolean | undefined;
  /** The line beside the button instead of above it. */
  aside?: boolean | undefined;
  children: ComponentChildren;
}

/** The dark dock: what you do next, in reach of the thumb. */
export const Dock = ({ label, line, note, one, aside, children }: DockProps) => (
  <section class="dock holder" aria-label={label}>
    <div class={aside ? "dock__in dock__in--aside" : "dock__in"}>
      {line && <div class="dock__line">{line}</div>}
      <div class={one ? "dock__acts dock__acts--one" : "dock__acts"}>{children}</div>
      {note !== undefined && (
        <p class="dock__note" role="status">
          {note && <Icon name="lock" small />}
          {note}
        </p>
      )}
    </div>
  </section>
);
