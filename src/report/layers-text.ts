import type { CellState } from "../core/coverage.ts";
import { stateLetters } from "../coverage/tally.ts";
import type { LayerControl } from "../layers/control.ts";
import type { LayerView } from "../layers/organization-layers.ts";
import { wrapText } from "./wrap-text.ts";

/** How layers are written. */
export interface LayersTextOptions {
  /** In columns. */
  readonly width: number;
  /** Shows what each control rests on. */
  readonly evidence: boolean;
}

/** Renders layers for a terminal: a letter for the state, the control, and why. */
export function renderLayers(
  views: readonly LayerView[],
  { width, evidence }: LayersTextOptions,
): string {
  const lines: string[] = [];
  for (const { layer, controls } of views) {
    const counts = tally(controls);
    lines.push(
      `${layer[0]?.toUpperCase()}${layer.slice(1)}${counts === "" ? "" : `  (${counts})`}`,
    );
    if (controls.length === 0) lines.push("  nothing bears on it here");
    for (const control of controls) lines.push(...controlLines(control, width, evidence));
    lines.push("");
  }
  lines.push("+ on   P partial   X off   - not applicable   ? unknown   S stale");
  return `${lines.join("\n")}\n`;
}

/** What is missing, a line each, with what turns it on; each control once. */
export function renderMissing(views: readonly LayerView[], width: number): string {
  const seen = new Set<string>();
  const lines = views.flatMap(({ layer, controls }) =>
    controls.flatMap(({ title, remedy, state }) => {
      if (remedy === undefined || seen.has(title)) return [];
      seen.add(title);
      const what = `${stateLetters[state]} ${title} (${layer}): ${remedy}`;
      return wrapText(what, width - 2).map((line, at) => `${at === 0 ? "  " : "    "}${line}`);
    }),
  );
  return lines.length === 0 ? "" : `Missing\n${lines.join("\n")}\n`;
}

function controlLines(
  { title, state, reason, evidence: seen }: LayerControl,
  width: number,
  evidence: boolean,
): readonly string[] {
  const text = wrapText(`${title}: ${reason}`, width - 4).map(
    (line, at) => `${at === 0 ? `  ${stateLetters[state]} ` : "      "}${line}`,
  );
  if (!evidence) return text;
  return [
    ...text,
    ...seen.map(
      ({ what, value, source }) =>
        `      ${what}: ${JSON.stringify(value)}${source === undefined ? "" : `  (${source})`}`,
    ),
  ];
}

function tally(controls: readonly LayerControl[]): string {
  const counts = new Map<CellState, number>();
  for (const { state } of controls) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (["on", "partial", "off", "unknown", "stale"] as const)
    .filter((state) => counts.has(state))
    .map((state) => `${counts.get(state)} ${state}`)
    .join(", ");
}
