import { type ActionTest, compileActions } from "./action-pattern.ts";
import { type ArnPattern, arnMatches, compileArnPattern } from "./arn-pattern.ts";
import {
  type CompiledCondition,
  compileCondition,
  evaluateCondition,
  type OperatorNames,
} from "./compile-condition.ts";
import type { StatementPlace } from "./explanation.ts";
import type { Frame, KeyTable } from "./frame.ts";
import type { Glob, PatternPiece } from "./glob.ts";
import {
  compilePrincipals,
  isLeftOut,
  matchPrincipal,
  type PrincipalMatch,
  type PrincipalTest,
} from "./principal-match.ts";
import { no, not, type Tri, unsure, yes } from "./tri.ts";
import type { Policy, Statement, TextList } from "./types.ts";
import { isVariable, resolveTemplate, type TemplatePart, templateParts } from "./variables.ts";

/** A statement ready to be asked. */
export interface CompiledStatement {
  readonly source: Statement;
  /** For explanations. */
  readonly place: StatementPlace;
  readonly deny: boolean;
  readonly matchesAction: ActionTest;
  /** Absent: every resource. */
  readonly resources?: ResourceTest;
  readonly principals?: { readonly test: PrincipalTest; readonly negated: boolean };
  readonly conditions: readonly CompiledCondition[];
}

/** A compiled `Resource` or `NotResource`. */
export interface ResourceTest {
  readonly negated: boolean;
  readonly fixed: readonly ArnPattern[];
  /** Entries with policy variables. */
  readonly templates: readonly ResourceTemplate[];
}

/** An entry with policy variables. */
export interface ResourceTemplate {
  readonly parts: readonly TemplatePart[];
  /** What it matches whatever the values of its variables, and perhaps more. */
  readonly widest: ArnPattern;
}

/** What the statements of one compilation share. */
export interface Shared {
  readonly keys: KeyTable;
  readonly operators: OperatorNames;
  readonly globs: Map<string, Glob>;
  readonly arns: Map<string, ArnPattern>;
}

/** Compiles a statement. */
export function compileStatement(
  policy: Policy,
  source: Statement,
  shared: Shared,
): CompiledStatement {
  const conditions = source.conditions
    .map((condition) => compileCondition(condition, policy.version, shared.keys, shared.operators))
    // Answers that are remembered come first: they often say no before a costly one is asked.
    .sort((a, b) => Number(a.place < 0) - Number(b.place < 0));
  const resources = compileResources(policy, source, shared);
  const named = source.principal ?? source.notPrincipal;
  return {
    source,
    place: {
      ...(policy.name === undefined ? {} : { policy: policy.name }),
      index: source.index,
      ...(source.sid === undefined ? {} : { sid: source.sid.value }),
      effect: source.effect,
      start: source.start,
      end: source.end,
    },
    deny: source.effect === "Deny",
    matchesAction: actionTest(source, shared),
    ...(resources === undefined ? {} : { resources }),
    ...(named === undefined
      ? {}
      : {
          principals: {
            test: compilePrincipals(named),
            negated: source.principal === undefined,
          },
        }),
    conditions,
  };
}

function texts(list: TextList): string[] {
  return list.values.map((text) => text.value);
}

function actionTest(source: Statement, shared: Shared): ActionTest {
  if (source.notAction !== undefined) {
    const excluded = compileActions(texts(source.notAction), shared.globs);
    return (action) => !excluded(action);
  }
  return compileActions(source.action === undefined ? [] : texts(source.action), shared.globs);
}

function compileResources(
  policy: Policy,
  source: Statement,
  shared: Shared,
): ResourceTest | undefined {
  const list = source.resource ?? source.notResource;
  if (list === undefined) return undefined;
  const negated = source.resource === undefined;
  const fixed: ArnPattern[] = [];
  const templates: ResourceTemplate[] = [];
  for (const text of texts(list)) {
    if (policy.version === "2012-10-17" && text.includes("${")) {
      const parts = templateParts(text);
      if (variablesAreAllowed(parts)) {
        templates.push({ parts, widest: compileArnPattern(parts.map(anyValue)) });
        for (const part of parts) if (isVariable(part)) shared.keys.intern(part.key);
      }
      continue;
    }
    let pattern = shared.arns.get(text);
    if (pattern === undefined) {
      pattern = compileArnPattern([{ text, raw: true }], { completed: true });
      shared.arns.set(text, pattern);
    }
    if (pattern.everything && !negated) return undefined;
    fixed.push(pattern);
  }
  return { negated, fixed, templates };
}

function anyValue(part: TemplatePart): PatternPiece {
  return isVariable(part) ? { text: "*", raw: true } : part;
}

/** AWS fills variables in in the resource part of an ARN only: after the fifth colon. */
function variablesAreAllowed(parts: readonly TemplatePart[]): boolean {
  let colons = 0;
  for (const part of parts) {
    if (isVariable(part)) {
      if (colons < 5) return false;
    } else {
      colons += part.text.split(":").length - 1;
    }
  }
  return true;
}

/** Whether the statement is about the resource in the frame. */
export function evaluateResources(test: ResourceTest, frame: Frame, keys: KeyTable): Tri {
  const listed = isListed(test, frame, keys);
  return test.negated ? not(listed) : listed;
}

function isListed(test: ResourceTest, frame: Frame, keys: KeyTable): Tri {
  const { resource } = frame;
  for (const pattern of test.fixed) if (arnMatches(pattern, resource)) return yes;
  let result: Tri = no;
  for (const { parts, widest } of test.templates) {
    const pieces = resolveTemplate(
      parts,
      (key) => frame.values[keys.intern(key)],
      frame.unknownKeys,
    );
    if (pieces === "unknown") {
      if (arnMatches(widest, resource)) result = unsure;
    } else if (pieces !== "null" && arnMatches(compileArnPattern(pieces), resource)) return yes;
  }
  return result;
}

/** Whether resource and conditions of the statement hold; the action is the plan's affair. */
export function evaluateStatement(statement: CompiledStatement, frame: Frame, keys: KeyTable): Tri {
  let result: Tri = yes;
  const { conditions, resources } = statement;
  for (let i = 0; i < conditions.length; i++) {
    const condition = conditions[i];
    if (condition === undefined) continue;
    const holds = evaluateCondition(condition, frame, keys);
    if (holds === no) return no;
    if (holds === unsure) result = unsure;
  }
  if (resources !== undefined) {
    const about = evaluateResources(resources, frame, keys);
    if (about === no) return no;
    if (about === unsure) result = unsure;
  }
  return result;
}

/** How the statement names who makes the request; a statement without principals names everyone. */
export function statementPrincipal(statement: CompiledStatement, frame: Frame): PrincipalMatch {
  const { principals } = statement;
  if (principals === undefined) return "direct";
  if (principals.negated) {
    // AWS: it always denies users and roles with a permissions boundary, whatever it lists.
    if (statement.deny && frame.caller.bounded === true) return "direct";
    return isLeftOut(principals.test, frame.caller) ? "none" : "direct";
  }
  return matchPrincipal(principals.test, frame.caller);
}

/** Whether a statement holds for every request with its action. */
export function isUnconditional(statement: CompiledStatement): boolean {
  const { principals } = statement;
  return (
    statement.resources === undefined &&
    statement.conditions.length === 0 &&
    (principals === undefined || (principals.test.everyone && !principals.negated))
  );
}
