import type { EffectivePolicyError } from "../../policy/inheritance-errors.ts";
import type { IgnoredSetting } from "../../policy/inheritance-merge.ts";
import type { PossibleActions } from "../../policy/possible-actions.ts";
import type { Policy } from "../../policy/types.ts";
import { actionNames } from "../../report/action-names.ts";
import { statementText } from "../../report/statement-text.ts";
import { wrapText } from "../../report/wrap-text.ts";
import type { Paint } from "../paint.ts";
import { count } from "../progress.ts";
import { counted } from "../words.ts";

/** What a chain of service or resource control policies says. */
export interface EffectiveChain {
  readonly isEnabled: boolean;
  readonly levels: readonly { readonly name: string; readonly policies: readonly Policy[] }[];
  /** Absent where policies were not read: what is left is then not known. */
  readonly possible: PossibleActions | undefined;
  readonly known: readonly string[];
  /** Date of the list of actions. */
  readonly asOf: string;
  readonly paint: Paint;
  readonly width: number;
}

/** Renders the chain for a terminal: each level with its statements, and what is left. */
export function renderEffective(type: string, chain: EffectiveChain): string {
  const { paint, possible, known, width } = chain;
  const title = paint.bold(type);
  if (!chain.isEnabled) return `${title}: not enabled, so nothing is restricted by it`;
  const lines = [title];
  for (const { name, policies } of chain.levels) {
    lines.push(`  ${name}`);
    if (policies.length === 0) {
      lines.push(
        possible === undefined
          ? paint.yellow("    no policy that was read")
          : paint.red("    no policy: nothing is allowed"),
      );
    }
    for (const policy of policies) {
      lines.push(`    ${policy.name ?? ""}`);
      for (const statement of policy.statements) {
        const tint = statement.effect === "Deny" ? paint.red : paint.green;
        const [head = "", ...rest] = wrapText(statementText(statement), width - 8);
        lines.push(`      ${tint(head)}`, ...rest.map((line) => `        ${line}`));
      }
    }
  }
  if (possible === undefined) {
    lines.push(
      paint.yellow("  policies were not read, so what is left of all actions is not known"),
    );
    return lines.join("\n");
  }
  const names = actionNames(known);
  const part = (actions: readonly string[], one: string, many: string): string[] =>
    actions.length === 0
      ? []
      : [
          `    ${count(actions.length)} ${actions.length === 1 ? one : many}${actions.length === known.length ? "" : ":"}`,
          ...(actions.length === known.length
            ? []
            : wrapText(names(actions).join(", "), width - 8).map((line) => `      ${line}`)),
        ];
  lines.push(
    `  Of ${counted(known.length, "known action")} (${chain.asOf})`,
    ...part(possible.denied, "is denied", "are denied"),
    ...part(possible.conditional, "depends on the request", "depend on the request"),
    ...(possible.free.length === 0
      ? []
      : [
          `    ${count(possible.free.length)} ${possible.free.length === 1 ? "is" : "are"} let through`,
        ]),
  );
  return lines.join("\n");
}

/** An effective policy of a management policy type. */
export interface EffectiveManagement {
  readonly isEnabled: boolean;
  /** `null`: no policy of the type is attached on the way. */
  readonly document: unknown;
  readonly errors: readonly EffectivePolicyError[];
  readonly ignored: readonly IgnoredSetting[];
  readonly policyName: (id: string) => string;
  readonly paint: Paint;
}

const ignoredReasons: Readonly<Record<IgnoredSetting["reason"], string>> = {
  notAllowedByParent: "a level above does not allow it",
  assignedBySibling: "another policy of the level assigns it first",
  notAList: "what it appends to or removes from is no list",
  notAValue: "it is no value",
  tooDeep: "it is nested too deeply",
};

/** Renders an effective policy for a terminal, with what is wrong with it and what had no effect. */
export function renderManagement(type: string, effective: EffectiveManagement): string {
  const { paint, document, errors, ignored, policyName } = effective;
  const title = paint.bold(type);
  if (!effective.isEnabled) return `${title}: not enabled`;
  if (document === null) return `${title}: no policy is attached on the way`;
  const by = (ids: readonly string[]): string => ids.map(policyName).join(", ");
  return [
    title,
    JSON.stringify(document, null, 2).replace(/^/gm, "  "),
    ...errors.map((one) =>
      paint.red(`  invalid at ${one.path || "the top"}: ${one.message} (${by(one.policyIds)})`),
    ),
    ...ignored.map((one) =>
      paint.yellow(
        `  no effect: ${one.path}: ${ignoredReasons[one.reason]} (${by(one.policyIds)})`,
      ),
    ),
  ].join("\n");
}
