import type { IamFacts, ServiceAction } from "../iam-facts.ts";
import type { Statement } from "../types.ts";
import { actionPatterns, hasWildcard } from "./elements.ts";
import { supportsKey } from "./supports-key.ts";

/** More actions than these are not a set that one forgets: the key is the wrong one. */
const fewActions = 3;

/**
 * The few actions that carry a service's condition key, when a statement names none of them, so
 * that its condition is about no request at all; empty otherwise.
 */
export function forgottenActions(
  statement: Statement,
  key: string,
  facts: IamFacts,
): readonly ServiceAction[] {
  if (statement.action === undefined) return [];
  const patterns = actionPatterns(statement);
  if (patterns.length === 0 || patterns.some(({ prefix }) => hasWildcard(prefix))) return [];
  const carrying = facts
    .actionsMatching(`${key.slice(0, key.indexOf(":"))}:*`)
    .filter((action) => supportsKey(action, key));
  if (carrying.length === 0 || carrying.length > fewActions) return [];
  const named = patterns.flatMap(({ prefix, name }) => facts.actionsMatching(`${prefix}:${name}`));
  // An action that is not known may carry the key.
  if (named.length === 0 || named.some((action) => supportsKey(action, key))) return [];
  return carrying;
}
