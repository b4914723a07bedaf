import type colors from "picocolors";
import type { Plan } from "../core/plan.ts";
import type { Gap } from "../core/read.ts";
import { kindOf, kindWords } from "./plan-names.ts";
import { wrapText } from "./wrap-text.ts";

type Colors = ReturnType<typeof colors.createColors>;

const shownNames = 4;

/** What is in AWS but not in the file, counted by kind with some names. */
export function foreignLines(plan: Plan, width: number, paint: Colors): string[] {
  // AWS's own policies are everywhere; alone they are no news.
  if (plan.foreign.every(({ note }) => note === "owned by AWS")) return [];
  const kinds = new Map<string, { address: string; note?: string }[]>();
  for (const thing of plan.foreign) {
    const list = kinds.get(kindOf(thing.address));
    if (list === undefined) kinds.set(kindOf(thing.address), [thing]);
    else list.push(thing);
  }
  const lines = [paint.bold("In AWS but not in the file; shown and counted, never touched:")];
  for (const [kind, [one, many]] of Object.entries(kindWords)) {
    const things = kinds.get(kind);
    if (things === undefined) continue;
    const names = things.slice(0, shownNames).map(({ address, note }) => {
      const short = address.slice(kind.length + 1);
      return note === undefined ? short : `${short} (${note})`;
    });
    const rest = things.length - names.length;
    const more = rest > 0 ? ` and ${rest} more` : "";
    const text = `${things.length} ${things.length === 1 ? one : many}: ${names.join(", ")}${more}`;
    const [first, ...others] = wrapText(text, width - 4);
    lines.push(`  - ${first ?? ""}`, ...others.map((line) => `    ${line}`));
  }
  return lines;
}

/** Reads that failed, grouped by operation and cause. */
export function gapLines(plan: Plan, width: number, paint: Colors): string[] {
  if (plan.gaps.length === 0) return [];
  const groups = new Map<string, Gap[]>();
  for (const gap of plan.gaps) {
    const key = `${gap.operation}\0${gap.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [gap]);
    else group.push(gap);
  }
  const count = plan.gaps.length;
  const lines = [
    paint.yellow(
      `${count} read${count === 1 ? "" : "s"} failed; what rests on ${count === 1 ? "it" : "them"} is not planned:`,
    ),
  ];
  for (const gaps of groups.values()) {
    const [first] = gaps;
    if (first === undefined) continue;
    const about = gaps.slice(0, shownNames).map(({ subject, accountName }) => {
      return accountName === undefined ? subject : `${subject} (${accountName})`;
    });
    const rest = gaps.length - about.length;
    const needs = first.missingPermission === undefined ? "" : `; allow ${first.missingPermission}`;
    const text = `${first.operation}: ${first.kind}, ${about.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}${needs}`;
    const [head, ...others] = wrapText(text, width - 4);
    lines.push(`  - ${head ?? ""}`, ...others.map((line) => `    ${line}`));
  }
  return lines;
}
