import colors from "picocolors";
import type { Explanation, GuardExplanation, StatementPlace } from "../policy/explanation.ts";
import type { GuardKind } from "../policy/guard.ts";
import { wrapText } from "./wrap-text.ts";

/** How an explanation is written. */
export interface ExplanationOptions {
  readonly color: boolean;
  readonly width: number;
  /** Shows statements of other actions too. */
  readonly all: boolean;
  /** What people call the place of a level. */
  readonly levelName: (level: string) => string;
  /** Where a statement stands in a file. */
  readonly locate: (statement: StatementPlace) => string | undefined;
}

const kindTitles: Readonly<Record<GuardKind, string>> = {
  rcp: "Resource control policies",
  scp: "Service control policies",
  resource: "Resource policy",
  endpoint: "VPC endpoint policy",
  identity: "Identity policies",
  boundary: "Permissions boundary",
  session: "Session policies",
};

const outcomeWords: Readonly<Record<GuardExplanation["outcome"], string>> = {
  allows: "allows",
  denies: "denies",
  doesNotAllow: "does not allow",
  unknown: "unknown",
  notApplicable: "does not apply",
};

const otherAction = /^the action is (not in `Action`|in `NotAction`)$/;

/** Renders every level and statement that matters to a request: matched, or why not. */
export function renderExplanation(explanation: Explanation, options: ExplanationOptions): string {
  const paint = colors.createColors(options.color);
  const kinds = [...new Set(explanation.guards.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const guards = explanation.guards.filter((guard) => guard.kind === kind);
      const reasons = new Set(guards.map(({ outcome, why }) => `${outcome} ${why}`));
      const [first] = guards;
      // One line says it where none of the levels applies.
      return first?.outcome === "notApplicable" && reasons.size === 1
        ? `${kindTitles[kind]}: ${paint.dim(`not asked: ${first.why}`)}`
        : [kindTitles[kind], ...guards.flatMap((guard) => guardLines(guard, options))].join("\n");
    })
    .join("\n\n");
}

function guardLines(guard: GuardExplanation, options: ExplanationOptions): string[] {
  const paint = colors.createColors(options.color);
  const tint = {
    allows: paint.green,
    denies: paint.red,
    doesNotAllow: paint.red,
    unknown: paint.yellow,
    notApplicable: paint.dim,
  }[guard.outcome];
  const name = guard.level === undefined ? "" : options.levelName(guard.level);
  const isApplicable = guard.outcome !== "notApplicable";
  const why = isApplicable ? "" : `: ${guard.why}`;
  const head = `  ${name === "" ? "" : `${name}: `}${tint(outcomeWords[guard.outcome])}${why}`;
  if (!isApplicable) return [head];
  const lines = [head];
  let hidden = 0;
  for (const { statement, matched, why: reason } of guard.statements) {
    if (!options.all && matched === "no" && otherAction.test(reason)) {
      hidden++;
      continue;
    }
    const mark = { yes: "*", no: "-", unknown: "?" }[matched];
    const text = `${statementName(statement)}: ${{ yes: "", no: "no match: ", unknown: "unknown: " }[matched]}${reason}`;
    const [first = "", ...rest] = wrapText(text, options.width - 6);
    const matchedTint =
      matched === "yes"
        ? statement.effect === "Deny"
          ? paint.red
          : paint.green
        : matched === "no"
          ? paint.dim
          : paint.yellow;
    lines.push(`    ${matchedTint(`${mark} ${first}`)}`);
    lines.push(...rest.map((line) => `      ${matchedTint(line)}`));
    const place = options.locate(statement);
    if (place !== undefined) lines.push(`      ${paint.cyan("-->")} ${place}`);
  }
  if (guard.statements.length === 0) lines.push(paint.dim("    no policy"));
  if (hidden > 0) {
    const what = hidden === 1 ? "1 statement is" : `${hidden} statements are`;
    lines.push(paint.dim(`    ${what} about other actions`));
  }
  return lines;
}

function statementName({ policy, sid, index, effect }: StatementPlace): string {
  const statement = sid === undefined ? `statement ${index + 1}` : sid;
  return `${effect} ${policy === undefined ? "" : `${policy}, `}${statement}`;
}
