import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import type { Draft } from "./draft";
import { answerWords } from "./phrases";

/** What a colleague did while somebody was writing. */
export interface Theirs {
  by: string;
  state: string;
  /** What they answered, when they did; null when the envelope could not be read again. */
  answer: { kind: string; text: string | null } | null;
}

interface AnswerClashProps {
  theirs: Theirs;
  draft: Draft;
  onAgain: () => void;
  onLeave: () => void;
}

const said = (kind: string, text: string | null | undefined) =>
  [kind, text?.trim()].filter(Boolean).join(": ");

/** Two answers at once: the second is not sent before its writer saw the first, and neither is lost. */
export const AnswerClash = ({ theirs, draft, onAgain, onLeave }: AnswerClashProps) => (
  <Notice kind="warning" role="alert">
    <p>
      <b>{theirs.by} heeft dit net ook veranderd. Bekijk beide en kies.</b>
    </p>
    <dl class="clash">
      <dt>Nu</dt>
      <dd>{theirs.answer ? said(theirs.answer.kind, theirs.answer.text) : theirs.state}</dd>
      <dt>Jij schreef</dt>
      <dd>{said(draft.kind && answerWords()[draft.kind], draft.text)}</dd>
    </dl>
    <div class="row">
      <Button onClick={onAgain}>Stuur mijn antwoord ook</Button>
      <Button kind="subtle" onClick={onLeave}>
        Laat het zo
      </Button>
    </div>
  </Notice>
);
