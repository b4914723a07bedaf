import type {
  OrganizationNeeds,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { accountNamed } from "../kit/scope.ts";
import { disassociation, planAdministrators } from "./plan-administrators.ts";
import { deletion, planPolicies } from "./plan-policies.ts";
import { administratorAddress, type FirewallPlanning, policyAddress, say } from "./planning.ts";
import type { FirewallManagerBlock } from "./schema.ts";
import type { FirewallManagerState } from "./state.ts";

const { principal } = firewallManagerFacts;

/** Plans Firewall Manager. */
export const firewallManagerPlanner: ServicePlanner<FirewallManagerBlock, FirewallManagerState> = {
  id: "fms",
  title: "AWS Firewall Manager",
  needs: ({ remove, delegatedAdministrator, administrators = [] }): OrganizationNeeds => {
    const accounts = [
      ...(delegatedAdministrator === undefined ? [] : [delegatedAdministrator]),
      ...administrators.filter((one) => one.remove !== true).map(({ account }) => account),
    ];
    return remove === true
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          // Every administrator is registered with AWS Organizations, which takes ten.
          delegatedAdministrators: accounts.map((account) => ({
            servicePrincipal: principal,
            account,
          })),
          policyTypes: [],
        };
  },
  plan: planFirewallManager,
};

function planFirewallManager(
  input: ServicePlanInput<FirewallManagerBlock, FirewallManagerState>,
): ServicePlan {
  const { block, state, facts } = input;
  const administrator = accountNamed(facts, block.delegatedAdministrator);
  if (state?.administrators === undefined || administrator === undefined) {
    return { changes: [], compared: [], foreign: [], issues: [] };
  }
  const planning: FirewallPlanning = {
    block,
    state,
    facts,
    administrator,
    changes: [],
    compared: [],
    foreign: [],
    issues: [],
    ids: {},
  };
  if (block.remove === true) planRemoval(planning);
  else {
    const standing = planAdministrators(planning);
    if (standing !== "blocked") planPolicies(planning, standing === "new");
  }
  const { changes, compared, foreign, issues, ids } = planning;
  return { changes, compared, foreign, issues, ids };
}

/** The end of Firewall Manager: the file's policies, then administrators, the default one last. */
function planRemoval(planning: FirewallPlanning): void {
  const { state, administrator, block } = planning;
  const reason = "the file says `remove: true`";
  const ours = state.administrators?.find(({ isDefault }) => isDefault)?.account;
  planning.compared.push(administratorAddress(administrator.name));
  if (ours === undefined || ours !== administrator.id) return;
  const known = new Map((block.policies ?? []).map((policy) => [policy.name, policy]));
  const needs: string[] = [];
  let others = 0;
  for (const [region, { policies }] of Object.entries(state.regions)) {
    for (const policy of policies) {
      const wanted = known.get(policy.name);
      const address = policyAddress(policy.name, region);
      if (wanted === undefined || wanted.type !== policy.type) {
        others += 1;
        planning.foreign.push({ address, id: policy.id });
        continue;
      }
      needs.push(address);
      planning.changes.push(
        deletion(ours, region, policy, reason, {
          keep: wanted.deleteResources !== true,
          phase: "undo",
        }),
      );
    }
  }
  if (others > 0) {
    say(
      planning,
      "warning",
      "ORGRAIL3154",
      ["remove"],
      `the administrator stays: it has ${others} policies that are not in the file`,
      "AWS lets an administrator go only without policies; take them into the file with `remove: true`, or delete them",
    );
    return;
  }
  for (const { account, isDefault } of state.administrators ?? []) {
    if (isDefault) continue;
    needs.push(administratorAddress(account));
    planning.changes.push(disassociation(account, account, reason, [], "undo"));
  }
  planning.changes.push(disassociation(administrator.name, ours, reason, needs, "undo"));
}
