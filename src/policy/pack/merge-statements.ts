import type { Json, JsonObject } from "../../core/json.ts";
import { clauseOf } from "../diff/clause.ts";
import { clauseCovers } from "../diff/covers.ts";
import { globCovers } from "../lint/glob.ts";
import type { JsonNode, Policy, Statement } from "../types.ts";

/** A statement on its way into a document. */
export interface PackedStatement {
  readonly effect: "Allow" | "Deny";
  readonly sid?: string;
  readonly actions: { readonly isNegated: boolean; readonly patterns: readonly string[] };
  /** The members beside `Sid`, `Effect` and the actions, as JSON values. */
  readonly rest: JsonObject;
  readonly clause: ReturnType<typeof clauseOf>;
}

/**
 * Joins the statements of policies that stand at one place of the tree: statements that differ in
 * their actions alone become one, actions and statements that others cover are dropped.
 */
export function mergeStatements(policies: readonly Policy[]): readonly PackedStatement[] {
  const byClause = new Map<string, PackedStatement>();
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const one = packed(policy, statement);
      // Lists of exceptions are not joined: of two denials with NotAction both hold.
      const key = `${one.clause.id}|${one.actions.isNegated ? JSON.stringify(one.actions.patterns) : ""}`;
      const earlier = byClause.get(key);
      byClause.set(key, earlier === undefined ? one : joined(earlier, one));
    }
  }
  const all = [...byClause.values()];
  return all.filter(
    (one, index) =>
      !all.some(
        (other, place) =>
          other !== one &&
          statementCovers(other, one) &&
          !(place > index && statementCovers(one, other)),
      ),
  );
}

function joined(a: PackedStatement, b: PackedStatement): PackedStatement {
  const { sid: _, ...rest } = a;
  const patterns = withoutCovered([...a.actions.patterns, ...b.actions.patterns]);
  const sid = a.sid === b.sid ? a.sid : undefined;
  return {
    ...rest,
    ...(sid === undefined ? {} : { sid }),
    actions: { isNegated: a.actions.isNegated, patterns },
  };
}

function packed(policy: Policy, statement: Statement): PackedStatement {
  const written = nodeOf(policy, statement);
  const rest = Object.fromEntries(
    Object.entries(written).filter(
      ([name]) => !["Sid", "Effect", "Action", "NotAction"].includes(name),
    ),
  );
  const list = statement.action ?? statement.notAction;
  return {
    effect: statement.effect,
    ...(statement.sid === undefined ? {} : { sid: statement.sid.value }),
    actions: {
      isNegated: statement.action === undefined,
      patterns: withoutCovered(list?.values.map(({ value }) => value) ?? []),
    },
    rest,
    clause: clauseOf(policy, statement),
  };
}

function statementCovers(wide: PackedStatement, narrow: PackedStatement): boolean {
  if (wide.effect !== narrow.effect || wide.actions.isNegated || narrow.actions.isNegated)
    return false;
  return (
    narrow.actions.patterns.every((pattern) =>
      wide.actions.patterns.some((other) => actionCovers(other, pattern)),
    ) && clauseCovers(wide.clause, narrow.clause)
  );
}

/** Patterns without those that another covers; sorted, names of actions have no case. */
function withoutCovered(patterns: readonly string[]): readonly string[] {
  const distinct = [...new Map(patterns.map((one) => [one.toLowerCase(), one])).values()].sort();
  return distinct.filter(
    (one, index) =>
      !distinct.some(
        (other, place) =>
          place !== index &&
          actionCovers(other, one) &&
          !(place > index && actionCovers(one, other)),
      ),
  );
}

function actionCovers(wide: string, narrow: string): boolean {
  if (wide === "*") return true;
  // A wildcard in the name of an action never reaches into another service.
  const [service] = wide.toLowerCase().split(":");
  return (
    narrow.toLowerCase().startsWith(`${service}:`) &&
    globCovers(wide.toLowerCase(), narrow.toLowerCase())
  );
}

/** The statement's members as plain JSON; the last of duplicate keys counts, as in JSON.parse. */
function nodeOf(policy: Policy, statement: Statement): JsonObject {
  const { document } = policy;
  const list =
    document.kind === "object"
      ? document.members.findLast(({ key }) => key.value === "Statement")?.value
      : undefined;
  const node = list?.kind === "array" ? list.items[statement.index] : list;
  const value = node === undefined ? {} : toJson(node);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function toJson(node: JsonNode): Json {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.members.map(({ key, value }) => [key.value, toJson(value)]));
    case "array":
      return node.items.map(toJson);
    case "null":
      return null;
    default:
      return node.value;
  }
}
