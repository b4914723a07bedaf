import type { OrganizationState } from "../../core/snapshot.ts";
import type { Policy } from "../../policy/types.ts";
import { type AccountChains, type GuardPolicyType, organizationChains } from "../chains.ts";
import { compareTexts } from "../tally.ts";
import type { PolicyStatement } from "./statement-predicate.ts";

/** Accounts that a change touches in the same way. */
export interface TouchedAccounts {
  /** Ids, sorted. */
  readonly accounts: readonly string[];
  /** The statements that deny, of policies that come or go. */
  readonly changed: readonly PolicyStatement[];
  /** All statements that bind the accounts, before or after. */
  readonly bound: readonly PolicyStatement[];
  /** Whether what is allowed changes: then calls can be touched that no statement matches. */
  readonly isOpen: boolean;
}

/** The accounts whose policies of a type a change changes, by what changes for them. */
export function touchedAccounts(
  organization: OrganizationState,
  after: OrganizationState,
  type: GuardPolicyType,
): readonly TouchedAccounts[] {
  const chains = organizationChains(organization, after, type);
  const groups = new Map<AccountChains, string[]>();
  for (const { id } of organization.accounts) {
    if (id === organization.managementAccountId) continue;
    const found = chains.of(id);
    if (found === undefined || found.before === found.after) continue;
    groups.set(found, [...(groups.get(found) ?? []), id]);
  }
  return [...groups].map(([{ before, after: next, added, removed, allowsChange }, accounts]) => ({
    accounts: accounts.sort(compareTexts),
    changed: statementsOf([...(added?.policies ?? []), ...(removed?.policies ?? [])]).filter(
      ({ statement }) => statement.effect === "Deny",
    ),
    bound: statementsOf([...before.policies, ...next.policies]),
    isOpen: allowsChange,
  }));
}

function statementsOf(policies: readonly Policy[]): readonly PolicyStatement[] {
  return [...new Set(policies)].flatMap((policy) =>
    policy.statements.map((statement) => ({ statement, policy })),
  );
}

/** All statements of the policies of a type, before and after. */
export function allStatements(
  organization: OrganizationState,
  after: OrganizationState,
  type: GuardPolicyType,
): readonly PolicyStatement[] {
  const all = organizationChains(organization, after, type).all();
  return statementsOf(
    all.flatMap(({ before, after: next }) => [...before.policies, ...next.policies]),
  );
}
