import { type Cell, cellOf, type Table, told } from "./figures";
import { type Line, linesOf } from "./rows";

interface BarsProps {
  table: Table;
  /** Only what lies in here; empty is everything. */
  within?: string;
  compared: Table | undefined;
  /** How the column of what is compared is called. */
  beside: string;
}

/** One table with a bar beside each number: the same for who sees, hears or prints it. */
export function Bars({ table, within = "", compared, beside }: BarsProps) {
  const lines = linesOf(table.cells, within);
  const most = Math.max(1, ...lines.map(({ key, at_least }) => (key === within ? 0 : at_least)));
  return (
    <table class="utrecht-table figures">
      <caption class="vh">{table.title}</caption>
      <thead>
        <tr>
          <th scope="col">{table.of}</th>
          <th scope="col" class="num">
            Aantal
          </th>
          {compared && (
            <th scope="col" class="num">
              {beside}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key} class={line.key === within ? "whole" : undefined}>
            <th scope="row" class={line.depth > 1 && line.key !== within ? "part" : undefined}>
              {line.names ? `Verborgen: ${line.names.join(", ")}` : line.label}
              {line.key !== within && line.at_least > 0 && <Bar share={line.at_least / most} />}
            </th>
            <td class="num">
              <Told cell={line} />
            </td>
            {compared && <td class="num">{besides(line, compared)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const besides = (line: Line, compared: Table) =>
  line.names ? "" : <Told cell={cellOf(compared, line.key)} />;

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
