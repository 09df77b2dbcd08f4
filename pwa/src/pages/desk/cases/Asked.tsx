import { Icon } from "../../../parts/Icon";
import { Tick } from "../../../parts/Tick";
import type { Case, Choices } from "./cases";
import { askedTitle } from "./phrases";

interface AskedProps {
  row: Case;
  choices: Choices;
  /** Without it somebody only reads what is done. */
  onTick?: ((asked: string[]) => void) | undefined;
}

/** What the phase a case is in asks of those who work on it. */
export function Asked({ row, choices, onTick }: AskedProps) {
  const asks = choices.asks.filter(({ phase }) => phase === row.phase);
  const toggle = (id: string) => {
    const others = row.asked.filter((each) => each !== id);
    onTick?.(others.length < row.asked.length ? others : [...others, id]);
  };
  return (
    <section class="casepanel" aria-labelledby="vraagt">
      <h2 class="utrecht-heading-2" id="vraagt">
        {askedTitle(row.phase)}
      </h2>
      <ul class="plain stack stack--2">
        {asks.map(({ id, text }) => {
          const done = row.asked.includes(id);
          if (onTick) {
            return (
              <Tick
                key={id}
                id={`vraag-${id}`}
                text={text}
                checked={done}
                onToggle={() => toggle(id)}
              />
            );
          }
          return (
            <li key={id}>
              {text}
              <span class="meta block">
                {done && <Icon name="check" />} {done ? "Gedaan" : "Nog niet"}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
