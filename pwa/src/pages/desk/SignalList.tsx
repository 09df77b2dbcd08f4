import { Icon } from "../../parts/Icon";
import type { Named } from "./names";

interface SignalListProps {
  title: string;
  signals: Named[];
  /** What protects, when it stands in the same list. */
  protective?: Named[];
  /** A line under it, when there is something to know about the texts. */
  note?: string;
  /** Beside something else, so that the group has no room of its own. */
  narrow?: boolean;
}

export const SignalList = ({ title, signals, protective = [], note, narrow }: SignalListProps) => (
  <div class="part">
    <h2 class="utrecht-heading-3">{title}</h2>
    {signals.length + protective.length === 0 ? (
      <p class="meta">Er is geen signaal gekozen.</p>
    ) : (
      <ul class={narrow ? "sig sig--narrow" : "sig"}>
        {signals.map(({ id, text, tag, more }) => (
          <li key={id}>
            <span>{text}</span>
            {!narrow && tag && <span class="tag">{tag}</span>}
            {more && <Explanation {...more} />}
          </li>
        ))}
        {protective.map(({ id, text }) => (
          <li key={id}>
            <span>{text}</span>
            <span class="tag tag--good">
              <Icon name="heart" small />
              Beschermt
            </span>
          </li>
        ))}
      </ul>
    )}
    {note && <p class="meta">{note}</p>}
  </div>
);

/** A signal is never proof: what else it can be stands beside it. */
const Explanation = ({ couldBe, couldAlsoBe }: NonNullable<Named["more"]>) => (
  <details class="sig__more">
    <summary>Wat kan dit zijn?</summary>
    <p>
      <b>Kan dit zijn:</b> {couldBe}
    </p>
    <p>
      <b>Kan het ook zijn:</b> {couldAlsoBe}
    </p>
  </details>
);
