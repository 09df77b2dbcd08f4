import { countAt, nameOf, type Row, TABLES, type TableName } from "./figures";

interface BarsProps {
  table: TableName;
  rows: readonly Row[];
  before: readonly Row[] | null;
}

/** One table with a bar beside each number: the same for who sees, hears or prints it. */
export function Bars({ table, rows, before }: BarsProps) {
  const { title, of } = TABLES[table];
  const most = Math.max(1, ...rows.map(({ path, count }) => (path.length ? (count ?? 0) : 0)));
  return (
    <table class="utrecht-table figures">
      <caption class="vh">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <th scope="col" class="num">
            Aantal
          </th>
          {before && (
            <th scope="col" class="num">
              Ervoor
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {inside(rows, []).map((row) => (
          <tr key={row.path.join("/")} class={row.path.length === 0 ? "whole" : undefined}>
            <th scope="row" class={row.path.length > 1 ? "part" : undefined}>
              {row.names
                ? `Verborgen: ${row.names.map((path) => nameOf(table, path)).join(", ")}`
                : nameOf(table, row.path)}
              {row.path.length > 0 && row.count !== null && <Bar share={row.count / most} />}
            </th>
            <td class="num">{told(row.count)}</td>
            {before && <td class="num">{row.names ? "" : told(countAt(before, row.path))}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const told = (count: number | null) =>
  count ?? (
    <>
      <span aria-hidden="true">–</span>
      <span class="vh">verborgen</span>
    </>
  );

interface Line extends Row {
  /** The paths of all parts that are hidden here: they are one line together. */
  names?: string[][];
}

/** A whole and its parts; where a whole is hidden or zero, its parts say nothing more. */
function inside(rows: readonly Row[], path: readonly string[]): Line[] {
  const whole = { path: [...path], count: countAt(rows, path) };
  if (!whole.count) return [whole];
  const parts = rows.filter(
    (row) => row.path.length === path.length + 1 && path.every((step, at) => row.path[at] === step),
  );
  const hidden = parts.filter(({ count }) => count === null).map((row) => row.path);
  const shown = parts.filter(({ count }) => count !== null);
  const rest: Line[] = hidden.length
    ? [{ path: [...path, "hidden"], count: null, names: hidden }]
    : [];
  return [whole, ...shown.flatMap((part) => inside(rows, part.path)), ...rest];
}

function Bar({ share }: { share: number }) {
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar__all" width="100" height="6" />
      <rect class="bar__own" width={share * 100} height="6" />
    </svg>
  );
}
