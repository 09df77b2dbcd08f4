import { type Cell, quarterName } from "./figures";

interface ColumnsProps {
  /** What is counted, for who hears it. */
  title: string;
  quarters: readonly string[];
  cell: Cell;
}

const STEP = 60;
const HEIGHT = 120;
const ROOM = 22;
const FOOT = 34;

/** A number per quarter as columns, each with its number on it, and the same as a table. */
export function Columns({ title, quarters, cell }: ColumnsProps) {
  const most = Math.max(1, ...cell.by_quarter.map((count) => count ?? 0));
  const width = quarters.length * STEP;
  return (
    <figure class="columns">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + ROOM + FOOT}`}
        style={{ maxInlineSize: `${quarters.length * 4.5}rem` }}
        role="img"
        aria-label={`${title} per kwartaal. De tabel hieronder zegt hetzelfde.`}
      >
        <path class="columns__floor" d={`M0 ${HEIGHT + ROOM}H${width}`} />
        {quarters.map((quarter, at) => (
          <Column
            key={quarter}
            quarter={quarter}
            x={at * STEP}
            count={cell.by_quarter[at] ?? null}
            most={most}
          />
        ))}
      </svg>
      <table class="utrecht-table figures">
        <caption class="vh">{title} per kwartaal</caption>
        <thead>
          <tr>
            <th scope="col">Kwartaal</th>
            <th scope="col" class="num">
              Aantal
            </th>
          </tr>
        </thead>
        <tbody>
          {quarters.map((quarter, at) => (
            <tr key={quarter}>
              <th scope="row">{quarterName(quarter)}</th>
              <td class="num">{cell.by_quarter[at] ?? "verborgen"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface ColumnProps {
  quarter: string;
  x: number;
  count: number | null;
  most: number;
}

function Column({ quarter, x, count, most }: ColumnProps) {
  const height = count === null ? 12 : (count / most) * HEIGHT;
  const top = HEIGHT + ROOM - height;
  const [year, number] = quarter.split("-");
  const middle = x + STEP / 2;
  return (
    <>
      <rect
        class={count === null ? "columns__hidden" : "columns__own"}
        x={x + 8}
        y={top}
        width={STEP - 16}
        height={height}
      />
      <text x={middle} y={top - 6}>
        {count ?? "–"}
      </text>
      <text x={middle} y={HEIGHT + ROOM + 14}>
        {number}
      </text>
      <text x={middle} y={HEIGHT + ROOM + 28}>
        {year}
      </text>
    </>
  );
}
