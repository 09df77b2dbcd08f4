import {
  type Cell,
  cellOf,
  type Period,
  periodName,
  shortName,
  type Table,
  tableOf,
  told,
} from "./figures";
import { type Line, linesOf } from "./rows";

interface BarsProps {
  table: Table;
  shown: Period;
  compared: Period | null;
  /** Only what lies in here; empty is everything. */
  within?: string;
  /** Under which letter a row stands on the map. */
  letters?: ReadonlyMap<string, string>;
}

/** One table with a bar beside each number: the same for who sees, hears or prints it. */
export function Bars({ table, shown, compared, within = "", letters }: BarsProps) {
  const beside = tableOf(compared, table.name);
  const lines = linesOf(table, within, beside);
  const parts = lines.flatMap((line) =>
    line.kind === "one" && line.cell.key !== within ? [line.cell.at_least] : [],
  );
  const most = Math.max(1, ...parts);
  return (
    <table class="utrecht-table figures">
      <caption class="vh">{table.title}</caption>
      <thead>
        <tr>
          <th scope="col">{table.of}</th>
          <th scope="col" class="num">
            {compared ? <Head period={shown} /> : "Aantal"}
          </th>
          {compared && (
            <th scope="col" class="num">
              <Head period={compared} />
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const whole = line.kind === "one" && line.cell.key === within;
          const own = line.kind === "one" && !whole ? line.cell.at_least : 0;
          return (
            <tr
              key={keyOf(line)}
              class={whole ? "whole" : line.kind === "one" ? undefined : "together"}
            >
              <th scope="row" class={line.depth > 1 && !whole ? "part" : undefined}>
                {line.kind === "one" ? (
                  <Name cell={line.cell} letters={letters} />
                ) : (
                  <>
                    {line.kind === "hidden" ? "Verborgen: " : "Niets bij: "}
                    {line.cells.map((cell, at) => (
                      <span key={cell.key}>
                        {at > 0 && ", "}
                        <Name cell={cell} letters={letters} />
                      </span>
                    ))}
                  </>
                )}
                {own > 0 && <Bar share={own / most} />}
              </th>
              <td class="num">
                <Told cell={line.kind === "one" ? line.cell : line.cells[0]} />
              </td>
              {compared && <td class="num">{besides(line, beside)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const keyOf = (line: Line) => (line.kind === "one" ? line.cell.key : line.key);

/** What goes together because it is hidden now may differ before; nothing was nothing then too. */
const besides = (line: Line, compared: Table | undefined) =>
  line.kind === "one" ? (
    <Told cell={cellOf(compared, line.cell.key)} />
  ) : line.kind === "nothing" ? (
    "0"
  ) : (
    ""
  );

/** A period as short as it can be; who hears it hears it whole. */
function Head({ period }: { period: Period }) {
  if (period.first === period.last) return <>{shortName(period)}</>;
  return (
    <>
      <span aria-hidden="true">{shortName(period)}</span>
      <span class="vh">{periodName(period)}</span>
    </>
  );
}

function Name({ cell, letters }: { cell: Cell; letters: BarsProps["letters"] }) {
  const letter = letters?.get(cell.key);
  return (
    <>
      {letter && <b class="figures__letter">{letter}</b>} {cell.label}
    </>
  );
}

function Told({ cell }: { cell: Cell | undefined }) {
  const text = told(cell);
  if (text !== "verborgen") return <>{text}</>;
  return (
    <>
      <span aria-hidden="true">–</span>
      <span class="vh">verborgen</span>
    </>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar__all" width="100" height="6" />
      <rect class="bar__own" width={share * 100} height="6" />
    </svg>
  );
}
