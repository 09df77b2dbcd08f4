import * as areas from "../../../areas";
import { drawAll, HEIGHT, WIDTH } from "../../report/map";
import type { Row } from "./figures";

/** Each darker than the one before; said in words below the map and in the table. */
const STEPS = [0, 5, 10, 20, 40];

const stepOf = (count: number) => STEPS.filter((least) => count >= least).length - 1;

/** The wijken, darker where more was seen. The table under it says the same in numbers. */
export function WijkMap({ rows }: { rows: readonly Row[] }) {
  const counts = new Map(
    rows.flatMap(({ path: [code, ...rest], count }) =>
      code && rest.length === 0 ? [[code, count] as const] : [],
    ),
  );
  const shapes = drawAll(areas.features().filter(({ properties }) => properties.soort === "wijk"));
  if (shapes.length === 0) return null;
  return (
    <figure class="choropleth">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label="Kaart van de wijken. De tabel hieronder zegt hetzelfde."
      >
        <defs>
          <pattern id="verborgen" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 6L6 0" class="hatch" />
          </pattern>
        </defs>
        {shapes.map(({ code, path }) => {
          const count = counts.get(code) ?? null;
          return <Area key={code} d={path} count={count} />;
        })}
        {shapes.map(
          ({ code, name, label }) =>
            label && (
              <text key={code} x={label[0]} y={label[1]} class="near">
                {name}
              </text>
            ),
        )}
      </svg>
      <figcaption class="meta">
        <ul class="legend">
          <li>
            <Swatch count={null} /> verborgen
          </li>
          {STEPS.map((least) => (
            <li key={least}>
              <Swatch count={least} /> {least === 0 ? "geen" : `${least} of meer`}
            </li>
          ))}
        </ul>
        {areas.source()}
      </figcaption>
    </figure>
  );
}

interface AreaProps {
  d: string;
  count: number | null;
}

/** The hatching is an attribute: in a style sheet its address would be another page's. */
const Area = ({ d, count }: AreaProps) =>
  count === null ? (
    <path d={d} fill="url(#verborgen)" />
  ) : (
    <path d={d} class={`step${stepOf(count)}`} />
  );

const Swatch = ({ count }: { count: number | null }) => (
  <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
    <Area d="M1 1H15V15H1Z" count={count} />
  </svg>
);
