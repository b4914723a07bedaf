import type { OrganizationNeeds, ServicePlan, ServicePlanner } from "../../core/service-plan.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import { planAssignments, planRemovals } from "./plan-assignments.ts";
import { planSet } from "./plan-sets.ts";
import { beginPlanning, type Input, setAddress } from "./planning.ts";
import type { IdentityCenterBlock } from "./schema.ts";
import type { IdentityCenterState } from "./state.ts";

/** Plans IAM Identity Center. */
export const identityCenterPlanner: ServicePlanner<IdentityCenterBlock, IdentityCenterState> = {
  id: "sso",
  title: "IAM Identity Center",
  needs: (block): OrganizationNeeds => {
    const needs = organizationNeeds(block, identityCenterFacts.principal);
    // Without trusted access nobody could sign in any more: that is for the console, with the instance.
    return needs.withdraw === undefined
      ? needs
      : { ...needs, withdraw: { ...needs.withdraw, trustedAccess: [] } };
  },
  plan: planIdentityCenter,
};

function planIdentityCenter(input: Input): ServicePlan {
  const nothing = { changes: [], compared: [], foreign: [], issues: [] };
  const { state } = input;
  if (state?.instance === undefined) return nothing; // A gap says why it was not read.
  if (state.instance === null) {
    if (input.block.remove === true) return nothing;
    const regions = state.asked.map((region) => `\`${region}\``).join(", ");
    return {
      ...nothing,
      issues: [
        {
          severity: "error",
          code: "ORGRAIL3181",
          path: [],
          summary: `the organization has no instance of IAM Identity Center in ${regions}`,
          help:
            "enable it in the IAM Identity Center console of the management account, for AWS has no " +
            "API for it; if it is in another Region, name that as `region`",
        },
      ],
    };
  }
  const planning = beginPlanning(input, state, state.instance);
  const changed = new Map<string, readonly string[]>();
  for (const set of planning.sets) {
    if (!set.remove) changed.set(set.name, planSet(planning, set));
  }
  planAssignments(planning, changed);
  planRemovals(planning);
  const named = new Set(planning.sets.map(({ name }) => name));
  for (const { name, arn } of state.permissionSets ?? []) {
    if (!named.has(name)) planning.foreign.push({ address: setAddress(name), id: arn });
  }
  const { changes, compared, foreign, issues, ids } = planning;
  return { changes, compared, foreign, issues, ids };
}
