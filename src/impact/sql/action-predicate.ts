import { cloudtrailActions } from "../../data/cloudtrail-actions.ts";
import { compileActions } from "../../policy/action-pattern.ts";
import type { Statement } from "../../policy/types.ts";
import { and, not, or, type Predicate } from "./predicate.ts";
import { likePattern, literals } from "./sql-text.ts";

/** API Gateway's actions are named by HTTP methods, not by operations. */
const byMethod = "apigateway";

/**
 * Where a statement may name an action that the call of a row is checked for. Rows have `service`,
 * the first part of the event's source, and `operation`, its name without version, in lower case.
 * Events that no action permits may be taken for either.
 */
export function actionPredicate(statement: Statement): Predicate {
  const test = statementActions(statement);
  const special = specialEvents((id) => checksOf(id).some(({ action }) => test(action)));
  const patterns = (statement.notAction ?? statement.action)?.values.map(({ value }) => value);
  const isNegated = statement.notAction !== undefined;
  const listed = listedPredicate(patterns ?? [], isNegated);
  return or(isNegated ? not(listed) : listed, special);
}

/**
 * Where a statement may name an action that depends on a parameter of the request; without a
 * statement, where the call is checked for such an action.
 */
export function parameterPredicate(statement?: Statement): Predicate {
  const test = statement === undefined ? () => true : statementActions(statement);
  return specialEvents((id) =>
    checksOf(id).some(({ action, parameter }) => parameter !== undefined && test(action)),
  );
}

/** Whether a statement names an action. */
function statementActions({ action, notAction }: Statement): (action: string) => boolean {
  const values = (notAction ?? action)?.values.map(({ value }) => value) ?? [];
  const isListed = compileActions(values);
  return (name) => isListed(name.toLowerCase()) !== (notAction !== undefined);
}

const { actions, further, prefixes } = cloudtrailActions;

/** Events whose actions are listed one by one, by IAM prefix and name. */
const listedIds: readonly string[] = [
  ...new Set([...Object.keys(actions), ...Object.keys(further)]),
];

function checksOf(id: string): readonly { readonly action: string; readonly parameter?: string }[] {
  return [...(actions[id] ?? [id]).map((action) => ({ action })), ...(further[id] ?? [])];
}

function specialEvents(isWanted: (id: string) => boolean): Predicate {
  const byPrefix = new Map<string, string[]>();
  for (const id of listedIds.filter(isWanted)) {
    const [prefix = "", name = ""] = id.split(":");
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), name.toLowerCase()]);
  }
  return or(
    ...[...byPrefix].map(([prefix, names]) =>
      and(ofServices([prefix]), `operation IN (${literals(names)})`),
    ),
  );
}

/**
 * Where the patterns list the event's name as an action's; `certainly`: only where the action is
 * sure to be one of them.
 */
function listedPredicate(patterns: readonly string[], certainly: boolean): Predicate {
  const whole = new Set<string>();
  const byPrefix = new Map<string, Set<string>>();
  for (const written of patterns) {
    const pattern = written.toLowerCase();
    if (/^\*+(?::\*+)?$/.test(pattern)) return true;
    const colon = pattern.indexOf(":");
    const prefix = pattern.slice(0, Math.max(colon, 0));
    const name = pattern.slice(colon + 1);
    // What AWS refuses, and what no action is named, matches nothing.
    if (colon < 0 || !/^[\w-]+$/.test(prefix) || !/^[\w*?-]+$/.test(name)) continue;
    if (/^\*+$/.test(name)) whole.add(prefix);
    else if (prefix !== byMethod)
      byPrefix.set(prefix, (byPrefix.get(prefix) ?? new Set()).add(name));
    else if (!certainly) whole.add(prefix);
  }
  return or(
    ofServices([...whole]),
    ...[...byPrefix]
      .filter(([prefix]) => !whole.has(prefix))
      .map(([prefix, names]) => and(ofServices([prefix]), namesPredicate([...names]))),
  );
}

function namesPredicate(patterns: readonly string[]): Predicate {
  const exact = patterns.filter((pattern) => !/[*?]/.test(pattern));
  const others = patterns.filter((pattern) => /[*?]/.test(pattern));
  return or(
    exact.length > 0 && `operation IN (${literals(exact)})`,
    ...others.map((pattern) => likePattern("operation", pattern)),
  );
}

/** Where the event is of services with those IAM prefixes. */
export function ofServices(wanted: readonly string[]): Predicate {
  const known = Object.entries(prefixes);
  const sources = wanted.flatMap((prefix) => [
    ...known.filter(([, target]) => target === prefix).map(([source]) => source),
    ...(Object.hasOwn(prefixes, prefix) ? [] : [prefix]),
  ]);
  return sources.length > 0 && `service IN (${literals([...new Set(sources)].sort())})`;
}
