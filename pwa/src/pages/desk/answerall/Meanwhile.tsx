import { Notice } from "../../../parts/Notice";
import { memberTitle } from "../bundles/phrases";
import type { Theirs } from "./theirs";

interface MeanwhileProps {
  theirs: readonly Theirs[];
  mine: string;
}

/** Somebody was first with some of them: no reporter hears two things that were not meant together. */
export const Meanwhile = ({ theirs, mine }: MeanwhileProps) => (
  <Notice kind="warning" role="alert">
    <p>
      <b>Iemand was je net voor. Er is nog niets verstuurd.</b>
    </p>
    {theirs.map(({ plain, last }) => (
      <p key={plain.id}>
        {memberTitle(plain)}: <b>{last}</b>{" "}
        <a class="utrecht-link utrecht-link--html-a tap" href={`#/postvak/${plain.id}`}>
          Lees het bij melding {plain.receipt}
        </a>
      </p>
    ))}
    <p>
      Jij schreef: <b>{mine}</b>
    </p>
    <p>Moet die melder dit ook horen? Vink hem dan opnieuw aan.</p>
  </Notice>
);
