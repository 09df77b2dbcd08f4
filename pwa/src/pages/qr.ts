/** Turns rows of 0 and 1 into one path: a square for every run of dark dots. */
export function qrPath(rows: readonly string[]): string {
  return rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(
        ({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`,
      ),
    )
    .join("");
}

/** "ABCD 2345", because eight characters are read aloud in two halves. */
export function spellCode(code: string): string {
  return code.replace(/^(.{4})(.{4})$/, "$1 $2");
}
