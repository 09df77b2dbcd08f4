import type { ComponentChildren } from "preact";
import { Notice } from "./Notice";

interface ProblemProps {
  /** Nothing is shown as long as there is none. */
  text: string | null | undefined;
  /** What can be done about it. */
  children?: ComponentChildren;
}

/** What did not work, said at once also to who does not see it. */
export const Problem = ({ text, children }: ProblemProps) =>
  text ? (
    <Notice kind="error" role="alert">
      <p>{text}</p>
      {children}
    </Notice>
  ) : null;
