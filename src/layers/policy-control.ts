import type { AccountId } from "../core/identifiers.ts";
import type { OrganizationAccountState, OrganizationState } from "../core/snapshot.ts";
import type { PolicyControl } from "../data/security-layers.ts";
import type { LayerControl } from "./control.ts";

/** Types that the management account is exempt from. */
const exemptTypes: ReadonlySet<string> = new Set([
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
]);

/**
 * How far policies of a type reach: the active accounts that have at least one on their way from the
 * root that is not AWS's own `FullAWSAccess`.
 */
export function policyControl(
  { type, title }: Pick<PolicyControl, "type" | "title">,
  organization: OrganizationState,
): LayerControl {
  const { root, policies, managementAccountId } = organization;
  const shared = { id: type, title };
  const status = root.policyTypes.find((one) => one.type === type)?.status;
  const enabled = {
    what: `policy type ${type}`,
    value: status ?? "not enabled",
    source: "organizations:ListRoots",
  };
  const remedy = `a policy of type ${type} under \`policies\`, attached where it shall hold`;
  if (status !== "ENABLED") {
    const reason = "the policy type is not enabled";
    return { ...shared, state: "off", reason, evidence: [enabled], remedy };
  }
  if (policies === undefined) {
    return { ...shared, state: "unknown", reason: "policies were not read", evidence: [enabled] };
  }
  const own = policies.filter((policy) => policy.type === type && !policy.awsManaged);
  const targets = new Set(own.flatMap((policy) => policy.targets ?? []));
  const isUncertain = own.some((policy) => policy.targets === undefined);
  const isReached = reach(organization, targets);
  const accounts = organization.accounts.filter(
    ({ id, state }) => state === "ACTIVE" && !(exemptTypes.has(type) && id === managementAccountId),
  );
  const on = accounts.filter(isReached).length;
  const left = accounts.length - on;
  const evidence = [
    enabled,
    { what: "policies", value: own.map(({ name }) => name), source: "organizations:ListPolicies" },
    { what: "accounts without one", value: left, source: "organizations:ListTargetsForPolicy" },
  ];
  const covered = {
    on,
    known: isUncertain ? on : accounts.length,
    unknown: isUncertain ? left : 0,
    of: "accounts" as const,
  };
  if (isUncertain && left > 0) {
    const reason = "the targets of some policies were not read";
    return { ...shared, state: "unknown", reason, evidence, covered };
  }
  const reason = `${count(own.length, "policy", "policies")} ${own.length === 1 ? "reaches" : "reach"} ${on} of ${count(accounts.length, "account", "accounts")}`;
  if (accounts.length === 0) {
    return { ...shared, state: "not-applicable", reason: "no account is bound by it", evidence };
  }
  const state = on === 0 ? "off" : left === 0 ? "on" : "partial";
  return { ...shared, state, reason, evidence, covered, ...(left === 0 ? {} : { remedy }) };
}

/** Whether a target is on an account's way from the root; each unit is looked at once. */
function reach(
  { root, organizationalUnits }: OrganizationState,
  targets: ReadonlySet<string>,
): (account: OrganizationAccountState) => boolean {
  const parents = new Map(organizationalUnits.map(({ id, parentId }) => [id, parentId]));
  const known = new Map<string, boolean>([[root.id, targets.has(root.id)]]);
  const isBelow = (id: string, seen: number): boolean => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const parent = parents.get(id);
    // A tree that bites its own tail reaches nothing.
    const result =
      targets.has(id) || (parent !== undefined && seen < parents.size && isBelow(parent, seen + 1));
    known.set(id, result);
    return result;
  };
  return ({ id, parentId }: { readonly id: AccountId; readonly parentId: string }) =>
    targets.has(id) || isBelow(parentId, 0);
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
