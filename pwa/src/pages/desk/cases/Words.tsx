import { Problem } from "../../../parts/Problem";
import { shortDay } from "../day";
import { useFetched } from "../useFetched";
import * as cases from "./cases";

/** How the cases ended on which somebody worked along, for that case only. */
export function Words() {
  const { value: items, problem } = useFetched(cases.words);
  if (problem) return <Problem text={problem} />;
  if (!items?.length) return null;
  return (
    <section class="stack stack--2" aria-labelledby="afloop">
      <h2 class="utrecht-heading-2" id="afloop">
        Zo liep het af
      </h2>
      <ul class="plain stack stack--2">
        {items.map((one) => (
          <li key={one.number}>
            {one.text ?? "De tekst is er niet meer."}
            <span class="meta block">
              Casus {one.number}, gesloten op {shortDay(one.closed_on)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
