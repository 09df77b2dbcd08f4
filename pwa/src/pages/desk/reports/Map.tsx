import { bisect } from "d3-array";
import * as areas from "../../../areas";
import { type Cell, cellOf, type Table, told } from "./figures";
import { HEIGHT, type Shape, WIDTH } from "./shapes";

/** From which number on it is how dark: further apart for longer, or where there is more. */
function stepsFor(most: number): number[] {
  const times = Math.max(1, Math.ceil(most / 80));
  return [1, 10 * times, 20 * times, 40 * times];
}

interface AreaMapProps {
  table: Table;
  shapes: readonly Shape[];
  /** What is drawn, for who hears it. */
  of: string;
}

/** The areas, darker where more was seen. The table under it says the same, letter by letter. */
export function AreaMap({ table, shapes, of }: AreaMapProps) {
  if (shapes.length === 0) return null;
  const cells = shapes.map(({ key }) => cellOf(table, key));
  const steps = stepsFor(Math.max(...cells.map((cell) => cell?.at_least ?? 0)));
  return (
    <figure class="choropleth">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Kaart van de ${of}. De tabel hieronder zegt hetzelfde.`}
      >
        <defs>
          <pattern id="verborgen" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 6L6 0" class="hatch" />
          </pattern>
        </defs>
        {shapes.map(({ key, d }, at) => (
          <Area key={key} d={d} cell={cells[at]} steps={steps} />
        ))}
        {shapes.map(({ key, name, letter, at: [x, y], roomy }, at) => (
          <text key={key} x={x} y={y} class={roomy ? "roomy" : undefined}>
            <title>{name}</title>
            {letter}
            {roomy && (
              <tspan x={x} dy="1.1em" class="many">
                {short(cells[at])}
              </tspan>
            )}
          </text>
        ))}
      </svg>
      <figcaption class="meta">
        <ul class="figures__legend">
          <li>
            <Swatch step={null} /> verborgen
          </li>
          {[0, ...steps].map((from, step) => (
            <li key={from} class="figures__shade">
              <Swatch step={step} /> {meaningOf(from, steps[step])}
            </li>
          ))}
        </ul>
        De letters staan ook in de tabel. {areas.source()}
      </figcaption>
    </figure>
  );
}

function meaningOf(from: number, until: number | undefined): string {
  if (from === 0) return "geen";
  return until === undefined ? `${from} of meer` : `${from} tot en met ${until - 1}`;
}

const short = (cell: Cell | undefined) =>
  told(cell).replace("ten minste ", "≥ ").replace("verborgen", "–");

interface AreaProps {
  d: string;
  cell: Cell | undefined;
  steps: readonly number[];
}

/** What some quarters hide has the shade of what the others show, and hatching over it. */
const Area = ({ d, cell, steps }: AreaProps) => (
  <>
    {cell && (cell.value !== null || cell.at_least > 0) && (
      <path d={d} class={`step${bisect(steps, cell.at_least)}`} />
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
