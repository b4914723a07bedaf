/** A value of a row as text; nothing for NULL. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** One line of CSV, as RFC 4180 has it. */
export function csvLine(row: readonly unknown[]): string {
  return row
    .map((value) => {
      const text = cell(value);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(",");
}

/** Longer values are cut in a table. */
const mostCell = 120;

/** A table for people: columns side by side, numbers to the right. */
export function tableLines(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): string[] {
  const texts = rows.map((row) => row.map((value) => shorten(printable(cell(value)))));
  const widths = columns.map((name, index) =>
    texts.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), name.length),
  );
  const isNumber = columns.map((_, index) => rows.every((row) => typeof row[index] === "number"));
  const line = (row: readonly string[]): string =>
    row
      .map((text, index) =>
        isNumber[index] === true
          ? text.padStart(widths[index] ?? 0)
          : text.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  const total = rows.length === 1 ? "1 row" : `${rows.length.toLocaleString("en-US")} rows`;
  return [line(columns), rule, ...texts.map(line), "", total];
}

/** Logs hold what callers wrote: it must not steer a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "\u00b7");
}

function shorten(text: string): string {
  return text.length <= mostCell ? text : `${text.slice(0, mostCell - 1)}…`;
}
