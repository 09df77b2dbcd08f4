import type { ComponentChildren } from "preact";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import type { Step } from "../useStep";
import type { Goal } from "./calls";

export interface FormProps {
  goal: Goal;
  onKept: (said: string) => void;
  onStale: () => void;
  onCancel: () => void;
}

interface FrameProps {
  step: Step;
  onSubmit: (event: Event) => void;
  onCancel: () => void;
  children: ComponentChildren;
}

/** What both forms of a goal have around their fields. */
export const Frame = ({ step, onSubmit, onCancel, children }: FrameProps) => (
  <form class="effect__form stack stack--3" onSubmit={onSubmit} noValidate>
    <Problem text={step.problem} />
    {children}
    <div class="row">
      <Button kind="primary-action" type="submit" disabled={step.busy}>
        Bewaar
      </Button>
      <Button kind="subtle" onClick={onCancel}>
        Annuleer
      </Button>
    </div>
  </form>
);
