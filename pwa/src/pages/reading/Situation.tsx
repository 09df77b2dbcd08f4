import { useState } from "preact/hooks";
import { Link } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import type { Card, Situation as Told } from "../../types";

interface SituationProps {
  card: Card;
  situation: Told;
  onAnswer: () => void;
}

/** Each answer is explained at once; whoever is curious taps the others as well. */
export function Situation({ card, situation, onAnswer }: SituationProps) {
  const [open, setOpen] = useState<readonly number[]>([]);
  const choose = (index: number) => {
    setOpen((now) => (now.includes(index) ? now.filter((one) => one !== index) : [...now, index]));
    onAnswer();
  };
  const about = card.signals.filter(({ id }) => situation.signals.includes(id));
  return (
    <>
      <p class="letter-like voice">{situation.text}</p>
      <h3 class="utrecht-heading-3 space" id="vraag">
        {situation.question}
      </h3>
      <ul class="list bleed answers" aria-labelledby="vraag">
        {situation.choices.map(({ text, right, explanation }, index) => (
          <li key={text}>
            <button
              type="button"
              class="card-row"
              aria-expanded={open.includes(index)}
              onClick={() => choose(index)}
            >
              <span>{text}</span>
              <Icon name={open.includes(index) ? (right ? "check" : "cross") : "down"} />
            </button>
            {/* The empty element is there first, because only a change inside it is announced. */}
            <div role="status">
              {open.includes(index) && (
                <div class={right ? "tip" : "tip tip--not"}>
                  <Icon name={right ? "check" : "info"} />
                  <p>
                    <b class="block">{right ? "Dit past het best" : "Kijk nog eens"}</b>
                    {explanation}
                  </p>
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
      {open.length > 0 && about.length > 0 && (
        <p class="space">
          <b class="block">Op de kaart</b>
          {about.map(({ id, text }) => (
            <Link key={id} href={`#/kaart/${card.id}/${id}`}>
              {text}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}
