import { useLayoutEffect } from "preact/hooks";
import { Problem } from "../../../parts/Problem";
import { arrive } from "../../../parts/places";
import { json } from "../../../request";
import { useFetched } from "../useFetched";
import { type Pace, rowsOf } from "./pace";
import "./pace.css";

/** How the desk does towards its reporters, in numbers and words; nobody is compared with anybody. */
export default function Screen() {
  const { value: pace, problem } = useFetched(() => json<Pace>("GET", "/figures/answers"));
  useLayoutEffect(() => arrive("Cijfers van het loket"), []);
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Cijfers van het loket
      </h1>
      <Problem text={problem} />
      {!pace && !problem && <p class="meta">Cijfers ophalen…</p>}
      {pace && (
        <>
          <p>Over de laatste {Math.round(pace.days / 7)} weken, van beide loketten samen.</p>
          <dl class="pace list">
            {rowsOf(pace).map(({ name, value, about }) => (
              <div key={name}>
                <dt>
                  {name}
                  {about && <span class="meta block">{about}</span>}
                </dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
