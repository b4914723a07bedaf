import { type CompiledCondition, evaluateCondition } from "./compile-condition.ts";
import {
  type CompiledStatement,
  evaluateResources,
  statementPrincipal,
} from "./compile-statement.ts";
import type { StatementExplanation } from "./explanation.ts";
import type { Frame, KeyTable } from "./frame.ts";
import { quoted } from "./parse-report.ts";
import { no, type Tri, unsure, yes } from "./tri.ts";
import { isVariable } from "./variables.ts";

const noKeys: readonly string[] = [];

/** Explains a statement that is not about the action; the same for every request. */
export function explainOtherAction(statement: CompiledStatement): StatementExplanation {
  const why =
    statement.source.notAction === undefined
      ? "the action is not in `Action`"
      : "the action is in `NotAction`";
  return { statement: statement.place, matched: "no", why, unknownKeys: noKeys };
}

/** Explains a statement whose action matches. */
export function explainStatement(
  statement: CompiledStatement,
  frame: Frame,
  keys: KeyTable,
): { readonly holds: Tri; readonly explanation: StatementExplanation } {
  const unknownKeys = new Set<string>();
  const reasons: string[] = [];
  const doubts: string[] = [];
  const note = (result: Tri, why: string): void => {
    (result === no ? reasons : doubts).push(why);
  };

  if (statement.principals !== undefined && statementPrincipal(statement, frame) === "none") {
    const element = statement.principals.negated ? "NotPrincipal" : "Principal";
    const verb = statement.principals.negated ? "leaves" : "does not name";
    note(no, `\`${element}\` ${verb} the caller${statement.principals.negated ? " out" : ""}`);
  }
  if (statement.resources !== undefined) {
    const about = evaluateResources(statement.resources, frame, keys);
    if (about === no) {
      const negated = statement.resources.negated;
      note(no, `the resource is ${negated ? "" : "not "}in \`${negated ? "Not" : ""}Resource\``);
    } else if (about === unsure) {
      for (const { parts } of statement.resources.templates) {
        for (const part of parts) {
          if (isVariable(part) && frame.values[keys.find(part.key)] === undefined) {
            unknownKeys.add(part.key);
          }
        }
      }
      note(unsure, "a policy variable in its resources has a value that is not known");
    }
  }
  for (const condition of statement.conditions) {
    const result = evaluateCondition(condition, frame, keys);
    if (result === yes) continue;
    note(result, explainCondition(condition, result, frame, keys, unknownKeys));
  }
  const holds: Tri = reasons.length > 0 ? no : doubts.length > 0 ? unsure : yes;
  const why = holds === no ? reasons : doubts;
  return {
    holds,
    explanation: {
      statement: statement.place,
      matched: holds === yes ? "yes" : holds === no ? "no" : "unknown",
      why: holds === yes ? matchedText(statement) : why.join("; "),
      unknownKeys: holds === unsure && unknownKeys.size > 0 ? [...unknownKeys] : noKeys,
    },
  };
}

function matchedText(statement: CompiledStatement): string {
  return statement.conditions.length === 0
    ? "action and resource match"
    : "action, resource and conditions match";
}

function explainCondition(
  condition: CompiledCondition,
  result: Tri,
  frame: Frame,
  keys: KeyTable,
  unknownKeys: Set<string>,
): string {
  const operator = condition.source.operator.value;
  const key = condition.source.key.value;
  const value = frame.values[condition.slot];
  if (result === unsure) {
    const missing = condition.variables.filter((slot) => frame.values[slot] === undefined);
    if (value === undefined && frame.unknownKeys) missing.push(condition.slot);
    for (const slot of missing) unknownKeys.add(keys.name(slot));
    if (missing.length === 0) return `${quoted(operator)} is no operator of AWS`;
    return `\`${operator}\` depends on \`${missing.map((slot) => keys.name(slot)).join("`, `")}\`, which may exist`;
  }
  if (value === undefined) return `\`${operator}\` fails: the request has no \`${key}\``;
  const shown = typeof value === "string" ? quoted(value) : value.map(quoted).join(", ");
  if (typeof value !== "string" && value.length > 1 && !operator.includes(":")) {
    return `\`${operator}\` fails: \`${key}\` has several values (${shown}), which takes ForAllValues or ForAnyValue`;
  }
  return `\`${operator}\` fails: \`${key}\` is ${shown}`;
}
