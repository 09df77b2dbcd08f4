import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "./Button";

interface ConfirmProps {
  question: string;
  yes: string;
  onYes: () => void;
  onNo: () => void;
  /** What happens then. */
  children: ComponentChildren;
}

/** Nothing is deleted without asking again. Focus goes to the question. */
export function Confirm({ question, yes, onYes, onNo, children }: ConfirmProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="box stack stack--3">
      <h3 class="utrecht-heading-3" tabIndex={-1} ref={heading}>
        {question}
      </h3>
      <p>{children}</p>
      <div class="row">
        <Button onClick={onYes}>{yes}</Button>
        <Button kind="subtle" onClick={onNo}>
          Nee
        </Button>
      </div>
    </div>
  );
}
