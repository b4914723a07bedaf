import colors from "picocolors";
import type { Clause } from "../policy/diff/clause.ts";
import type { PolicyDiff, PolicyDifference } from "../policy/diff/diff.ts";
import { actionNames } from "./action-names.ts";
import { wrapText } from "./wrap-text.ts";

/** How a difference in meaning is written. */
export interface MeaningOptions {
  /** Date of the list of actions. */
  readonly asOf: string;
  /** All known actions, to write a whole service as `s3:*`. */
  readonly known: readonly string[];
  readonly color: boolean;
  readonly width: number;
}

/** Renders how policies differ in meaning, for a terminal. */
export function renderMeaning(diff: PolicyDiff, options: MeaningOptions): string {
  const paint = colors.createColors(options.color);
  const foot = [
    `Compared over ${diff.comparedActions} actions (list of ${options.asOf}).`,
    ...diff.assumptions.map((assumption) => `Assumed: ${assumption}.`),
  ];
  if (diff.differences.length === 0) {
    return [paint.green("The policies mean the same."), ...foot].join("\n");
  }
  const names = actionNames(options.known);
  const parts = diff.differences.map((one) => {
    const mark = { tightened: "-", loosened: "+", changed: "~" }[one.direction];
    const tint = { tightened: paint.red, loosened: paint.green, changed: paint.yellow }[
      one.direction
    ];
    const actions = [...names(one.actions), ...one.unknownActions.map(unknown)];
    return [
      tint(`${mark} ${headline(one)}`),
      ...wrapText(actions.join(", "), options.width - 4).map((line) => `    ${line}`),
      ...details(one).map((line) => `      ${line}`),
      ...one.approximations.map((why) => paint.yellow(`      approximate: ${why}`)),
    ].join("\n");
  });
  return [...parts, "", "+ more is possible  - less is possible  ~ both", ...foot].join("\n");
}

function headline({ effect, direction, before, after }: PolicyDifference): string {
  const verb = effect === "Deny" ? "denied" : "allowed";
  if (before === undefined) return `newly ${verb}`;
  if (after === undefined) return `no longer ${verb}`;
  if (direction === "changed") return `${verb} under other conditions`;
  const isMore = (direction === "tightened") === (effect === "Deny");
  return `${verb} ${isMore ? "more" : "less"} widely`;
}

function details({ before, after, conditions }: PolicyDifference): string[] {
  const clause = after ?? before;
  if (clause === undefined) return [];
  const lines: string[] = [];
  if (before !== undefined && after !== undefined) {
    if (resources(before) !== resources(after)) {
      lines.push(`${resources(before)} -> ${resources(after)}`);
    } else lines.push(resources(after));
    for (const { operator, key, added, removed, change } of conditions) {
      const values = [
        ...added.map((value) => `+ ${value}`),
        ...removed.map((value) => `- ${value}`),
      ];
      const what = change === "values" ? "" : ` (condition ${change})`;
      lines.push(`${operator} ${key}${what}`, ...values.map((value) => `  ${value}`));
    }
  } else {
    lines.push(
      resources(clause),
      ...clause.conditions.map(
        ({ name, key, values }) => `only if ${name} ${key} [${values.join(", ")}]`,
      ),
    );
  }
  const places = [...new Set([before, after].flatMap((side) => (side ? [place(side)] : [])))];
  return [...lines, `in ${places.join(" -> ")}`];
}

function resources({ resources: { isNegated, patterns } }: Clause): string {
  return `on ${isNegated ? "all but " : ""}${patterns.join(", ")}`;
}

function place({ policy, statement }: Clause): string {
  const { line, column } = statement.start;
  const where = `${policy.name ?? "policy"}:${line}:${column}`;
  return statement.sid === undefined ? where : `${where} (${statement.sid.value})`;
}

function unknown(pattern: string): string {
  return `${pattern} (names no known action)`;
}
