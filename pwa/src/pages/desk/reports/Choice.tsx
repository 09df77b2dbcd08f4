import { Select } from "../../../parts/Field";
import { go } from "../../../router";
import {
  beginningsFor,
  type Figures,
  lengthOf,
  lengthsFor,
  pathOf,
  periodName,
  plus,
  quarterName,
  tableOf,
} from "./figures";

const SAID: Record<number, string> = { 1: "3 maanden", 4: "12 maanden", 12: "36 maanden" };

/** What is looked at: which period, beside which other, and which part. It stands in the address. */
export function Choice({ told, query }: { told: Figures; query: URLSearchParams }) {
  const { shown, periods } = told;
  const length = lengthOf(shown);
  const choose = (changes: Record<string, string>) => {
    const next = new URLSearchParams(query);
    for (const [key, value] of Object.entries(changes)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    go(`/kwartaalcijfers?${next}`, true);
  };
  const until = (last: string, count: number) =>
    choose({ vanaf: plus(last, 1 - count), tot: last, naast: "" });
  const beginnings = beginningsFor(told);
  const wijken = tableOf(shown, "area")?.cells.filter(({ key }) => /^WK\d+$/.test(key)) ?? [];
  return (
    <div class="row figures__choice">
      <Select
        id="duur"
        label="Periode"
        value={String(length)}
        onValue={(count) => until(shown.last, Number(count))}
      >
        {lengthsFor(told).map((count) => (
          <option key={count} value={count}>
            {SAID[count] ?? `${count * 3} maanden`}
          </option>
        ))}
      </Select>
      <Select
        id="tot"
        label="Tot en met"
        value={shown.last}
        onValue={(last) => until(last, length)}
      >
        {[...new Set([...periods, shown.last])].map((quarter) => (
          <option key={quarter} value={quarter}>
            {quarterName(quarter)}
          </option>
        ))}
      </Select>
      {beginnings.length > 0 && (
        <Select
          id="naast"
          label="Vergelijk met"
          value={told.compared?.first ?? ""}
          onValue={(first) => choose({ naast: first })}
        >
          {beginnings.map((first) => (
            <option key={first} value={first}>
              {periodName({ first, last: plus(first, length - 1) })}
            </option>
          ))}
        </Select>
      )}
      <Select
        id="tabel"
        label="Wat"
        value={query.get("tabel") ?? ""}
        onValue={(tabel) =>
          choose({ tabel, wijk: tabel === "area" ? (query.get("wijk") ?? "") : "" })
        }
      >
        <option value="">Alles</option>
        {shown.tables.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </Select>
      <Select
        id="wijk"
        label="Wijk"
        value={query.get("wijk") ?? ""}
        onValue={(wijk) => choose({ wijk, tabel: wijk ? "area" : (query.get("tabel") ?? "") })}
      >
        <option value="">Hele gemeente</option>
        {wijken.map(({ key, label }) => (
          <option key={key} value={pathOf(key)[0]}>
            {label}
          </option>
        ))}
      </Select>
    </div>
  );
}
