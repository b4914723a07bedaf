/** How a terminal is drawn. */
export interface DrawOptions {
  /** In the bar of the window. */
  readonly title: string;
  readonly columns: number;
}

interface Style {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly color: string | undefined;
}

interface Run {
  readonly text: string;
  readonly style: Style;
}

const plain: Style = { bold: false, dim: false, color: undefined };
const colors: Readonly<Record<number, string>> = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
  90: "#8b949e",
};
const cellWidth = 8.4;
const lineHeight = 20;
const margin = 16;
const barHeight = 32;

/** Draws text with ANSI colours as a window of a terminal: an SVG without scripts or fonts. */
export function drawTerminal(text: string, options: DrawOptions): string {
  const lines = text.replaceAll("\r\n", "\n").trimEnd().split("\n");
  const width = Math.round(options.columns * cellWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin + barHeight;
  let style = plain;
  const rows = lines.map((line, index) => {
    const { runs, last } = styledRuns(line, style);
    style = last;
    const y = barHeight + margin + (index + 0.75) * lineHeight;
    return `<text x="${margin}" y="${y}" xml:space="preserve">${runs.map(span).join("")}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(options.title)}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...["#ff5f57", "#febc2e", "#28c840"].map(
      (fill, index) =>
        `<circle cx="${margin + 6 + index * 20}" cy="${barHeight / 2}" r="6" fill="${fill}"/>`,
    ),
    `<text x="${width / 2}" y="${barHeight / 2 + 5}" text-anchor="middle" fill="#8b949e">${escaped(options.title)}</text>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

/** Cuts a line at its colour codes; the style goes on in the next line. */
function styledRuns(line: string, first: Style): { runs: readonly Run[]; last: Style } {
  const runs: Run[] = [];
  let style = first;
  let from = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of a terminal begin with it
  for (const match of line.matchAll(/\u001b\[([\d;]*)m/g)) {
    if (match.index > from) runs.push({ text: line.slice(from, match.index), style });
    for (const code of (match[1] ?? "").split(";")) style = changed(style, Number(code || "0"));
    from = match.index + match[0].length;
  }
  if (from < line.length) runs.push({ text: line.slice(from), style });
  return { runs, last: style };
}

function changed(style: Style, code: number): Style {
  if (code === 0) return plain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, color: undefined };
  return colors[code] === undefined ? style : { ...style, color: colors[code] };
}

function span({ text, style }: Run): string {
  const attributes = [
    style.color === undefined ? "" : ` fill="${style.color}"`,
    style.bold ? ' font-weight="bold"' : "",
    style.dim ? ' fill-opacity="0.65"' : "",
  ].join("");
  return attributes === "" ? escaped(text) : `<tspan${attributes}>${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
