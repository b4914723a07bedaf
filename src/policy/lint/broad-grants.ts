import type { Policy, Statement } from "../types.ts";
import type { Finding } from "./check.ts";
import { statementConditions } from "./condition-operator.ts";
import { actionPatterns, hasWildcard, quote } from "./elements.ts";
import { globMatches } from "./glob.ts";

/** How a statement comes to allow an action, and on which resources. */
export interface BroadGrant {
  /** The action, such as `iam:PassRole`. */
  readonly action: string;
  readonly by: "name" | "wildcard" | "notAction";
  readonly on: "wildcard" | "notResource";
}

/** Keys that say for which service a role is passed or made, which makes any role harmless. */
const narrowing = /^iam:(passedtoservice|awsservicename|associatedresourcearn)$/;

/** Statements that allow an action on more resources than anybody has looked at. */
export function* broadGrants(policy: Policy, grant: BroadGrant): Iterable<Finding> {
  for (const statement of policy.statements) {
    if (statement.effect !== "Allow" || !isOnMany(statement, grant.on)) continue;
    if (statementConditions(statement).some(({ key }) => narrowing.test(key))) continue;
    const wanted = grant.action.toLowerCase();
    const patterns = actionPatterns(statement);
    const matching = patterns.filter(({ text }) => globMatches(text.value.toLowerCase(), wanted));
    if (grant.by === "notAction") {
      if (statement.notAction === undefined || matching.length > 0) continue;
      yield { at: statement.notAction, summary: `the statement takes in ${quote(grant.action)}` };
      continue;
    }
    if (statement.action === undefined) continue;
    const isNamed = matching.some(({ text }) => !hasWildcard(text.value));
    const found = matching[0];
    if (found === undefined || isNamed !== (grant.by === "name")) continue;
    yield {
      at: found.text,
      summary: `${quote(found.text.value)} allows ${quote(grant.action)} on many roles`,
    };
  }
}

function isOnMany(statement: Statement, on: BroadGrant["on"]): boolean {
  if (on === "notResource") return statement.notResource !== undefined;
  return (statement.resource?.values ?? []).some(
    ({ value }) => value === "*" || /:role\/\*$|:\*$/.test(value),
  );
}
