import { shortDay } from "../day";
import type * as cases from "./cases";
import { Decide, type FormProps } from "./Forms";

interface DecisionsProps extends FormProps {
  opened: cases.Opened;
  changes: boolean;
}

/** What was decided, when and on which ground; that stays when the words are gone. */
export function Decisions({ opened, changes, ...form }: DecisionsProps) {
  const groundOf = (id: string) => form.choices.grounds.find((one) => one.id === id)?.name ?? id;
  return (
    <section class="casepanel" aria-labelledby="besluiten">
      <h2 class="utrecht-heading-2" id="besluiten">
        Besluiten
      </h2>
      {opened.decisions.length === 0 && <p>Er is nog geen besluit.</p>}
      <ul class="plain stack stack--2">
        {opened.decisions.map((one) => (
          <li key={one.id}>
            {one.text ?? "De tekst is er niet meer."}
            <span class="meta block">
              {shortDay(one.at)}, grond: {groundOf(one.ground)}
            </span>
          </li>
        ))}
      </ul>
      {changes && <Decide {...form} opened={opened} />}
    </section>
  );
}
