import { useEffect, useRef } from "preact/hooks";
import { Notice } from "../../parts/Notice";
import type { ObservationPlain } from "../../types";
import type { LetterText } from "./letter";
import { basisWords, sourceWords } from "./phrases";

interface OpenLetterProps {
  letter: LetterText;
  plain: ObservationPlain;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function whoTold({ reporter }: LetterText, { source, nobody }: ObservationPlain): string {
  if (nobody) return `iemand zonder naam, ${sourceWords[source]}`;
  return `${reporter || "iemand zonder naam"}, ${sourceWords[source]}`;
}

/** What the reporter wrote. Focus comes here when the envelope opens. */
export function OpenLetter({ letter, plain }: OpenLetterProps) {
  const paper = useRef<HTMLElement>(null);
  useEffect(() => paper.current?.focus(), []);
  const { name, role_label, organisation, shielded } = plain.reporter;
  const from =
    plain.source !== "app"
      ? whoTold(letter, plain)
      : shielded
        ? "een afgeschermde melder"
        : [name, role_label, organisation].filter(Boolean).join(", ");
  const seen = [basisWords[plain.basis], letter.when, letter.where].filter(Boolean).join(", ");
  return (
    <article class="letter" tabIndex={-1} ref={paper} aria-label="Brief van de melder">
      <p class="meta">{capital(seen)}</p>
      <LetterBody
        letter={letter}
        empty="De melder heeft niets opgeschreven. Kijk naar de signalen."
      />
      <p class="meta">
        Van {from}. Dit stond in de verzegelde envelop en wordt op dit toestel niet bewaard.
      </p>
    </article>
  );
}

/** What was written, about whom, and what the reporter answered. */
export function LetterBody({ letter, empty }: { letter: LetterText; empty: string }) {
  const { persons } = letter;
  return (
    <>
      <p class="voice">{letter.what || empty}</p>
      {persons.length > 0 && (
        <div class="meta">
          <b>{persons.length === 1 ? "1 persoon:" : `${persons.length} personen:`}</b>
          <ul class="persons">
            {persons.map((person, index) => (
              <li key={index}>
                {[person.name || "zonder naam", person.about].filter(Boolean).join(", ")}
              </li>
            ))}
          </ul>
        </div>
      )}
      {letter.answers.map((answer) => (
        <p class="meta" key={answer}>
          {answer}
        </p>
      ))}
    </>
  );
}

const shut: Record<string, string> = {
  unknown_key: "De sleutel van deze envelop is er niet meer. De tekst is niet meer te lezen.",
  broken_seal: "Het zegel van deze envelop klopt niet. De tekst is niet te lezen.",
};

/** The seal did not open: that is said, and what was never sealed can still be answered. */
export function ShutLetter({ problem }: { problem: string | null | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div tabIndex={-1} ref={box}>
      <Notice kind="warning" role="alert">
        <p>{shut[problem ?? ""] ?? "De tekst van deze envelop is niet te lezen."}</p>
      </Notice>
    </div>
  );
}
