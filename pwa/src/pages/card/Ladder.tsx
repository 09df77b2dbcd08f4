import type { Level } from "../../types";

/** Always the same four levels in the same order; only the one that is now stands open. */
export const Ladder = ({ levels, now }: { levels: readonly Level[]; now?: Level | undefined }) => (
  <ol
    class={now ? "ladder plain" : "ladder ladder--full plain"}
    aria-label="De vier stappen van het handelingskader"
  >
    {levels.map((level) =>
      level === now ? (
        <li key={level.id} class={`rung is-now lv-${level.id}`} aria-current="step">
          <span class="rung__no" />
          <div class="rung__txt">
            <span class="level">
              {level.name}: {lower(level.when)}
            </span>
            <strong class="do">{level.title}</strong>
            <p>{level.text}</p>
          </div>
        </li>
      ) : (
        <li key={level.id} class={`rung lv-${level.id}`}>
          <span class="rung__no" />
          <span class="rung__txt">
            <b>{now ? level.name : `${level.name}: ${level.title}`}</b>
            {now ? level.title : <span class="meta block">{level.when}</span>}
          </span>
        </li>
      ),
    )}
  </ol>
);

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
