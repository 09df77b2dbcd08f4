import { Link } from "../../../parts/Button";
import { shortDay, today } from "../day";
import type * as cases from "./cases";
import { aboutWords, pillarWords } from "./phrases";

interface ActionTableProps {
  /** What a screen reader calls it. */
  name: string;
  actions: readonly cases.Action[];
  texts: Record<string, string | null>;
  kindOf: (id: string) => string;
  /** Whether an action of a case leads there. */
  links: boolean;
  busy: boolean;
  /** Whether somebody may say that it is done, or not after all. */
  mayTick: (one: cases.Action) => boolean;
  onTick: (one: cases.Action) => void;
}

/** Who does what before when. */
export function ActionTable({ name, actions, texts, kindOf, links, ...rest }: ActionTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard
    <section class="tablebox" aria-label={name} tabIndex={0}>
      <table class="acts acts--rows">
        <thead>
          <tr>
            <th scope="col">Wat</th>
            <th scope="col">Wie</th>
            <th scope="col">Vóór</th>
            <th scope="col">Klaar</th>
          </tr>
        </thead>
        <tbody>
          {actions.map((one) => (
            <tr key={one.id}>
              <td>
                {texts[one.id] ?? kindOf(one.kind)}
                <span class="meta">
                  {texts[one.id] && `${kindOf(one.kind)}, `}
                  {pillarWords[one.pillar]}
                  {one.about !== "case" && `, ${aboutWords[one.about].toLowerCase()}`}
                </span>
                {links && one.case_id && (
                  <Link href={`#/casussen/${one.case_id}`}>Bekijk de casus</Link>
                )}
              </td>
              <td>
                {one.owner.name}
                {one.orphaned && (
                  <span class="meta">Heeft geen toegang meer. Kies iemand anders.</span>
                )}
              </td>
              <td>
                {shortDay(one.due_on)}
                {!one.done_on && one.due_on < today() && <span class="due--late">te laat</span>}
              </td>
              <td>
                {rest.mayTick(one) ? (
                  <button
                    type="button"
                    class="utrecht-button utrecht-button--subtle"
                    disabled={rest.busy}
                    onClick={() => rest.onTick(one)}
                  >
                    {one.done_on ? "Toch niet klaar" : "Zet op klaar"}
                    <span class="vh">: {kindOf(one.kind)}</span>
                  </button>
                ) : (
                  (one.done_on && shortDay(one.done_on)) || "Nog niet"
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
