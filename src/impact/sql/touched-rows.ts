import type { OrganizationState } from "../../core/snapshot.ts";
import type { IamFacts } from "../../policy/iam-facts.ts";
import type { GuardPolicyType } from "../chains.ts";
import { actionPredicate, parameterPredicate } from "./action-predicate.ts";
import { boundCaller } from "./call-expressions.ts";
import type { Dialect } from "./dialect.ts";
import { and, or, type Predicate } from "./predicate.ts";
import { type AskedColumn, askedColumns, recordNeeds } from "./record-needs.ts";
import { literals } from "./sql-text.ts";
import { type PolicyStatement, statementPredicate } from "./statement-predicate.ts";
import { allStatements, touchedAccounts } from "./touched-accounts.ts";

/** Which rows a change may touch, and what of their records is needed where. */
export interface TouchedRows {
  readonly touches: Predicate;
  readonly needs: readonly (readonly [AskedColumn, Predicate])[];
}

interface Change {
  readonly organization: OrganizationState;
  readonly after: OrganizationState;
  readonly type: GuardPolicyType;
  readonly facts: IamFacts;
  readonly dialect: Dialect;
}

/** Says which rows a change may touch. It never leaves one out; it may name too many. */
export function touchedRows(change: Change): TouchedRows {
  return change.type === "RESOURCE_CONTROL_POLICY" ? ofResources(change) : ofCallers(change);
}

function ofCallers({ organization, after, facts, dialect }: Change): TouchedRows {
  const groups = touchedAccounts(organization, after, "SERVICE_CONTROL_POLICY");
  const match =
    (by: "byKey" | "byRecord") =>
    (one: PolicyStatement): Predicate =>
      statementPredicate(one, facts, dialect, by);
  const bound = groups.flatMap((group) => group.bound).filter(isPartial);
  // Whoever evaluates has of the record what is asked for, and nothing else.
  const needs = neededColumns(bound, match("byKey"));
  // What is not allowed is denied, and no statement says it.
  if (groups.some(({ isOpen }) => isOpen)) {
    needs.set("requestParameters", [
      ...(needs.get("requestParameters") ?? []),
      parameterPredicate(),
    ]);
  }
  return {
    touches: and(
      or(
        ...groups.map(({ accounts, changed, isOpen }) =>
          and(isOneOf(accounts, organization), isOpen || or(...changed.map(match("byRecord")))),
        ),
      ),
      ...boundCaller(organization.managementAccountId),
    ),
    needs: listed(needs),
  };
}

/** Where the caller is of one of the accounts; callers of no account of the organization may be too. */
function isOneOf(accounts: readonly string[], organization: OrganizationState): Predicate {
  const others = organization.accounts.map(({ id }) => id).filter((id) => !accounts.includes(id));
  // Queries may not be long, and organizations have thousands of accounts.
  return others.length * 2 < accounts.length
    ? `caller_account NOT IN (${literals(others)})`
    : `caller_account IN (${literals(accounts)})`;
}

/**
 * Of resource control policies only the actions are pushed down: whose resource it is, and whether
 * the call counts at all, shows in the record.
 */
function ofResources({ organization, after, type }: Change): TouchedRows {
  const bound = allStatements(organization, after, type).filter(isPartial);
  const match = ({ statement }: PolicyStatement): Predicate =>
    statement.effect === "Allow" || actionPredicate(statement);
  const needs = neededColumns(bound, match);
  for (const column of ["requestParameters", "resources"] as const) needs.set(column, [true]);
  return { touches: or(...bound.map(match)), needs: listed(needs) };
}

/** Whether a statement does anything but allow everything. */
function isPartial({ statement }: PolicyStatement): boolean {
  const { effect, action, resource, conditions } = statement;
  const isAny = (list: typeof action): boolean =>
    list?.values.some(({ value }) => value === "*") === true;
  return effect === "Deny" || conditions.length > 0 || !isAny(action) || !isAny(resource);
}

function neededColumns(
  bound: readonly PolicyStatement[],
  match: (statement: PolicyStatement) => Predicate,
): Map<AskedColumn, Predicate[]> {
  const needs = new Map<AskedColumn, Predicate[]>();
  const add = (column: AskedColumn, where: Predicate): void => {
    needs.set(column, [...(needs.get(column) ?? []), where]);
  };
  for (const one of bound) {
    for (const column of recordNeeds(one)) add(column, match(one));
    add("requestParameters", parameterPredicate(one.statement));
  }
  return needs;
}

function listed(
  needs: ReadonlyMap<AskedColumn, readonly Predicate[]>,
): readonly (readonly [AskedColumn, Predicate])[] {
  return askedColumns.flatMap((column) => {
    const where = or(...(needs.get(column) ?? []));
    return where === false ? [] : [[column, where] as const];
  });
}
