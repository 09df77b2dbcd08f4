import * as cards from "../../cards";
import { Icon } from "../../parts/Icon";
import { Letter } from "../../parts/Letter";
import type { Mine, MineAddition } from "../../types";
import { formatMoment } from "../../words";
import { countSignals } from "../names";
import { feedbackText, openQuestion } from "./feedback";
import { timeline } from "./timeline";
import { Useful } from "./Useful";

const ADDITION: Record<MineAddition["status"], string> = {
  saved: "Bewaard op dit toestel",
  sending: "Wordt verstuurd",
  received: "Ontvangen",
  look: "Kijk hier even naar",
};

const When = ({ at }: { at: string }) => <p class="when">{formatMoment(at)}</p>;

const SealedText = ({ children }: { children: string }) => (
  <div class="sealed">
    <Icon name="lock" />
    <span>{children}</span>
  </div>
);

/** Sealed text is shown as sealed; what the gemeente wrote is a letter. */
export function Timeline({ one }: { one: Mine }) {
  const question = openQuestion(one);
  const from = `Gemeente ${cards.gemeente()?.name ?? ""}`;
  return (
    <ol class="thread plain">
      {timeline(one).map((event) => {
        if (event.kind === "made")
          return (
            <li key="made">
              <h2>Jouw melding</h2>
              <When at={event.at} />
              <SealedText>
                {`${countSignals(one.signals)}. De tekst is verzegeld. Hij staat niet leesbaar op dit toestel.`}
              </SealedText>
            </li>
          );
        if (event.kind === "addition") {
          const { id, question: asked, status } = event.addition;
          return (
            <li key={id}>
              <h2>{asked ? "Jouw antwoord" : "Jouw aanvulling"}</h2>
              <When at={event.at} />
              <SealedText>{`Verzegeld. ${ADDITION[status]}.`}</SealedText>
            </li>
          );
        }
        const { feedback } = event;
        const asks = feedback.kind === "question";
        return (
          <li key={feedback.id} class={feedback === question ? "open" : undefined}>
            <h2>
              {asks ? "Vraag voor jou" : feedback.kind === "read" ? "Gelezen" : "Terugkoppeling"}
            </h2>
            <When at={event.at} />
            {(feedback.kind !== "read" || feedback.text) && (
              <Letter from={from}>{feedbackText(feedback)}</Letter>
            )}
            <Useful feedback={feedback} />
          </li>
        );
      })}
    </ol>
  );
}
