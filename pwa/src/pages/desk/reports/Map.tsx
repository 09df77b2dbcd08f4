import * as areas from "../../../areas";
import { drawAll, HEIGHT, WIDTH } from "../../report/map";
import { type Cell, pathOf, type Table, told } from "./figures";

/** Each darker than the one before; the number stands in the area, and in the table. */
const STEPS = [0, 5, 10, 20, 40];

const stepOf = (count: number) => STEPS.filter((least) => count >= least).length - 1;

interface AreaMapProps {
  table: Table;
  /** A wijk, of which the buurten are drawn; empty draws the wijken. */
  within: string;
}

/** The areas, darker where more was seen. The table under it says the same in numbers. */
export function AreaMap({ table, within }: AreaMapProps) {
  const depth = within ? 2 : 1;
  const cells = new Map<string, Cell>();
  for (const cell of table.cells) {
    const path = pathOf(cell.key);
    if (path.length === depth && (!within || path[0] === within))
      cells.set(path.at(-1) ?? "", cell);
  }
  const kind = within ? "buurt" : "wijk";
  const drawn = drawAll(
    areas
      .features()
      .filter(({ properties }) => properties.soort === kind && cells.has(properties.statcode)),
  );
  if (drawn.length === 0) return null;
  return (
    <figure class="choropleth">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Kaart van de ${kind === "wijk" ? "wijken" : "buurten"}. De tabel hieronder zegt hetzelfde.`}
      >
        <defs>
          <pattern id="verborgen" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 6L6 0" class="hatch" />
          </pattern>
        </defs>
        {drawn.map(({ code, path }) => (
          <Area key={code} d={path} count={cells.get(code)?.value ?? null} />
        ))}
        {drawn.map(
          ({ code, name, label }) =>
            label && (
              <text key={code} x={label[0]} y={label[1]} class="near">
                {name}
                <tspan x={label[0]} dy="10" class="many">
                  {short(cells.get(code))}
                </tspan>
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

const short = (cell: Cell | undefined) => told(cell).replace("ten minste ", "≥ ");

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
