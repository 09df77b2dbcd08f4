import { Icon } from "../../parts/Icon";
import type { Named } from "./names";

interface SignalListProps {
  title: string;
  signals: Named[];
  /** What protects, when it stands in the same list. */
  protective?: Named[];
  /** Beside something else, so that the group has no room of its own. */
  narrow?: boolean;
}

export const SignalList = ({ title, signals, protective = [], narrow }: SignalListProps) => (
  <div class="part">
    <h2 class="utrecht-heading-3">{title}</h2>
    {signals.length + protective.length === 0 ? (
      <p class="meta">Er is geen signaal gekozen.</p>
    ) : (
      <ul class={narrow ? "sig sig--narrow" : "sig"}>
        {signals.map(({ id, text, tag }) => (
          <li key={id}>
            <span>{text}</span>
            {!narrow && tag && <span class="tag">{tag}</span>}
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
  </div>
);
