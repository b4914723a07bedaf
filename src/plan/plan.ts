import type { Desired } from "../core/desired.ts";
import { digest } from "../core/digest.ts";
import type { Change, Plan } from "../core/plan.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { orderDrafts } from "./order.ts";
import type { Draft, Planning } from "./planning.ts";
import { beginPlanning } from "./planning.ts";
import { checkLockout } from "./safety/lockout.ts";
import { checkNumbers } from "./safety/numbers.ts";
import { type AnyPlanner, withServiceNeeds } from "./service-needs.ts";
import { checkOrganization } from "./steps/check-organization.ts";
import { matchAccounts } from "./steps/match-accounts.ts";
import { matchPolicies } from "./steps/match-policies.ts";
import { matchUnits } from "./steps/match-units.ts";
import { planAccounts } from "./steps/plan-accounts.ts";
import { planAlternateContacts } from "./steps/plan-alternate-contacts.ts";
import { planAttachments } from "./steps/plan-attachments.ts";
import { planDelegatedAdministrators } from "./steps/plan-delegated-administrators.ts";
import { planPolicies } from "./steps/plan-policies.ts";
import { planPolicyTypes } from "./steps/plan-policy-types.ts";
import { planResourcePolicy } from "./steps/plan-resource-policy.ts";
import { planServices } from "./steps/plan-services.ts";
import { planTags } from "./steps/plan-tags.ts";
import { planTrustedAccess } from "./steps/plan-trusted-access.ts";
import { planUnits } from "./steps/plan-units.ts";
import { orderDeletions, protectMoves } from "./steps/protect-moves.ts";

/**
 * Computes the changes that make an organization what a file wants it to be, in the order in which
 * they are made. Pure and total: the same inputs give the same plan, and whatever is wrong with
 * them is among the plan's diagnostics. A plan with an error must not be applied. Services are
 * planned by the planners given; a block without one is not looked at.
 */
export function plan(
  file: Desired,
  snapshot: Snapshot,
  planners: readonly AnyPlanner[] = [],
): Plan {
  const { desired, diagnostics } = withServiceNeeds(file, planners);
  const planning = beginPlanning(desired, snapshot);
  planning.diagnostics.push(...diagnostics);
  if (!checkOrganization(planning)) return finish(planning, file, []);
  const tree = matchUnits(planning);
  const accounts = matchAccounts(planning, tree);
  const policies = matchPolicies(planning);
  const access = planTrustedAccess(planning);
  const types = planPolicyTypes(planning, access);
  planUnits(planning, tree);
  planAccounts(planning, tree, accounts);
  planPolicies(planning, policies);
  const attachments = planAttachments(planning, tree, accounts, policies, types);
  protectMoves(planning, tree, accounts, policies, attachments);
  orderDeletions(tree, policies);
  planTags(planning, tree, accounts, policies);
  planAlternateContacts(planning, accounts, access);
  planDelegatedAdministrators(planning, accounts, access);
  planResourcePolicy(planning);
  planServices(planning, tree, accounts, planners);
  checkNumbers(planning);
  checkLockout(planning, accounts, policies, types, attachments);
  return finish(planning, file, orderDrafts(planning));
}

function finish(planning: Planning, file: Desired, ordered: readonly Draft[]): Plan {
  const { snapshot, compared } = planning;
  const { organization } = snapshot;
  const changing = new Set(ordered.map(({ address }) => address));
  const unchanged = [...compared].filter((address) => !changing.has(address)).length;
  return {
    schemaVersion: 1,
    organizationId: organization.id,
    managementAccountId: organization.managementAccountId,
    configDigest: digest(file),
    snapshotTakenAt: snapshot.takenAt,
    changes: ordered.map(changeOf),
    ids: Object.fromEntries(planning.ids),
    names: namesOf(snapshot),
    // What is carried along with a replaced unit is touched, and shown among the changes.
    foreign: planning.foreign
      .filter(({ address }) => !changing.has(address))
      .sort((a, b) => compare(a.address, b.address)),
    unchanged,
    diagnostics: planning.diagnostics,
    gaps: snapshot.gaps,
  };
}

function changeOf(made: Draft): Change {
  const dependsOn = [...new Set([...made.needs, ...made.prefers])].map(({ id }) => id).sort();
  return {
    id: made.id,
    service: made.service,
    operation: made.operation,
    address: made.address,
    action: made.action,
    input: made.input,
    before: made.before,
    after: made.after,
    reason: made.reason,
    ...(made.span === undefined ? {} : { span: made.span }),
    dependsOn,
    risk: made.risk,
    fingerprint: digest(made.before),
    ...(made.account === undefined ? {} : { account: made.account }),
    ...(made.workIn === undefined ? {} : { workIn: made.workIn }),
    ...(made.region === undefined ? {} : { region: made.region }),
  };
}

function namesOf({ organization }: Snapshot): Record<string, string> {
  const { root, organizationalUnits, accounts, policies = [] } = organization;
  const named = [root, ...organizationalUnits, ...accounts, ...policies];
  return Object.fromEntries(named.map(({ id, name }) => [id, name]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
