import { polygonArea, polygonCentroid } from "d3-polygon";
import * as areas from "../../../areas";
import { drawAll, HEIGHT, WIDTH } from "../../report/map";
import { type Cell, pathOf, type Table, told } from "./figures";

/** Each darker than the one before; the number stands in the area, and in the table. */
const STEPS = [0, 5, 10, 20, 40];

/** The same steps for a quarter, and further apart for longer or where there is more. */
function stepsFor(most: number): number[] {
  const times = Math.max(1, Math.ceil(most / 80));
  return STEPS.map((least) => least * times);
}

const stepOf = (count: number, steps: readonly number[]) =>
  count === 0 ? 0 : Math.max(1, steps.filter((least) => count >= least).length - 1);

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
  const steps = stepsFor(Math.max(...[...cells.values()].map(({ at_least }) => at_least)));
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
          <Area key={code} d={path} cell={cells.get(code)} steps={steps} />
        ))}
        {drawn.map(({ code, name, path, label }) => {
          const [x, y] = centreOf(path);
          return (
            <text key={code} x={x} y={y}>
              {label && name}
              <tspan x={x} dy={label ? 9 : 3} class="many">
                {short(cells.get(code))}
              </tspan>
            </text>
          );
        })}
      </svg>
      <figcaption class="meta">
        <ul class="figures__legend">
          <li>
            <Swatch step={null} /> verborgen
          </li>
          {steps.map((least, step) => (
            <li key={least} class="figures__shade">
              <Swatch step={step} />{" "}
              {step === 0 ? "geen" : step === 1 ? `tot ${steps[2]}` : `${least} of meer`}
            </li>
          ))}
        </ul>
        {areas.source()}
      </figcaption>
    </figure>
  );
}

/** Where the number of an area goes: the middle of the largest part that was drawn. */
function centreOf(path: string): [number, number] {
  const rings = path
    .split("Z")
    .filter(Boolean)
    .map((ring) =>
      ring
        .slice(1)
        .split("L")
        .map((point) => point.split(" ").map(Number) as [number, number]),
    )
    .sort((one, other) => Math.abs(polygonArea(other)) - Math.abs(polygonArea(one)));
  return polygonCentroid(rings[0] ?? []);
}

const short = (cell: Cell | undefined) =>
  !cell || cell.at_least > 0 || cell.value !== null ? told(cell).replace("ten minste ", "≥ ") : "–";

interface AreaProps {
  d: string;
  cell: Cell | undefined;
  steps: readonly number[];
}

/** What some quarters hide has the shade of what the others show, and hatching over it. */
const Area = ({ d, cell, steps }: AreaProps) => (
  <>
    {cell && (cell.value !== null || cell.at_least > 0) && (
      <path d={d} class={`step${stepOf(cell.at_least, steps)}`} />
    )}
    {cell?.value == null && <Hatching d={d} />}
  </>
);

/** The hatching is an attribute: in a style sheet its address would be another page's. */
const Hatching = ({ d }: { d: string }) => <path d={d} fill="url(#verborgen)" />;

const Swatch = ({ step }: { step: number | null }) => (
  <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
    {step === null ? (
      <Hatching d="M1 1H15V15H1Z" />
    ) : (
      <path d="M1 1H15V15H1Z" class={`step${step}`} />
    )}
  </svg>
);
