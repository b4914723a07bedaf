import { canonicalJson } from "../../core/json.ts";
import type { Principals, Statement, TextList } from "../types.ts";

/** A text that is equal for statements which say the same, whatever the order; `Sid` apart. */
export function statementFingerprint(statement: Statement): string {
  const { effect, action, notAction, resource, notResource, principal, notPrincipal } = statement;
  return canonicalJson([
    effect,
    sorted(action, true),
    sorted(notAction, true),
    sorted(resource),
    sorted(notResource),
    principals(principal),
    principals(notPrincipal),
    conditionsFingerprint(statement),
  ]);
}

/** The same for a statement's conditions alone. */
export function conditionsFingerprint(statement: Statement): string {
  const conditions = statement.conditions.map(({ operator, key, values }) =>
    canonicalJson([operator.value.toLowerCase(), key.value.toLowerCase(), sorted(values)]),
  );
  return canonicalJson(conditions.sort());
}

/** The same for the principals of a statement. */
export function principalsFingerprint({ principal, notPrincipal }: Statement): string {
  return canonicalJson([principals(principal), principals(notPrincipal)]);
}

function sorted(list: TextList | undefined, hasNoCase = false): readonly string[] | null {
  if (list === undefined) return null;
  const values = list.values.map(({ value }) => (hasNoCase ? value.toLowerCase() : value));
  return [...new Set(values)].sort();
}

function principals(element: Principals | undefined): unknown {
  if (element === undefined) return null;
  if (element.any) return "*";
  return element.byType
    .map(({ type, values }) => canonicalJson([type.value, sorted(values)]))
    .sort();
}
