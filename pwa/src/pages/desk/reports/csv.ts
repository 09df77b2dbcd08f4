/** The published figures as a file for a spreadsheet. */
import { nameOf, type Published, TABLES } from "./figures";

const HEAD = ["kwartaal", "tabel", "deel", "code", "aantal"];

export function toCsv({ quarters }: Published): string {
  const rows = quarters.flatMap(({ quarter, tables }) =>
    tables.flatMap(({ name, rows }) =>
      rows.map(({ path, count }) => [
        quarter,
        TABLES[name].title,
        nameOf(name, path),
        path.join("/"),
        count === null ? "verborgen" : String(count),
      ]),
    ),
  );
  return `${[HEAD, ...rows].map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

/** A spreadsheet takes what begins like this for a formula; with an apostrophe it is text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
