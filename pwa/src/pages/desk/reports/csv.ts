/** The figures on the screen as a file for a spreadsheet, quarter by quarter. */
import type { Period } from "./figures";

const HEAD = ["kwartaal", "tabel", "deel", "code", "aantal"];

export function toCsv({ quarters, tables }: Period): string {
  const rows = quarters.flatMap((quarter, at) =>
    tables.flatMap(({ title, cells }) =>
      cells.map(({ key, label, by_quarter }) => [
        quarter,
        title,
        label,
        key,
        by_quarter[at] == null ? "verborgen" : String(by_quarter[at]),
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
