import type {
  OrganizationNeeds,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import { accountNamed, selectRegions } from "../kit/scope.ts";
import { planAdministrators } from "./plan-administrators.ts";
import { planCentral } from "./plan-central.ts";
import { planLocal } from "./plan-local.ts";
import { planRemoval } from "./plan-removal.ts";
import { planV2 } from "./plan-v2.ts";
import { type HubPlanning, warn } from "./planning.ts";
import type { SecurityHubBlock } from "./schema.ts";
import type { SecurityHubState } from "./state.ts";

const { principal } = securityHubFacts;

/** Plans Security Hub. */
export const securityHubPlanner: ServicePlanner<SecurityHubBlock, SecurityHubState> = {
  id: "securityhub",
  title: "AWS Security Hub",
  needs: ({ remove, delegatedAdministrator: account, v2 }): OrganizationNeeds =>
    remove === true || account === undefined
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators: [{ servicePrincipal: principal, account }],
          policyTypes: v2 === undefined ? [] : ["SECURITYHUB_POLICY"],
        },
  plan: planSecurityHub,
};

function planSecurityHub(input: ServicePlanInput<SecurityHubBlock, SecurityHubState>): ServicePlan {
  const { block, state, facts } = input;
  const administrator = accountNamed(facts, block.delegatedAdministrator);
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  const empty: ServicePlan = { changes: [], compared: [], foreign: [], issues: [] };
  if (state === undefined || administrator === undefined || management === undefined) return empty;
  const home = block.homeRegion ?? facts.homeRegion;
  const planning: HubPlanning = {
    block,
    state,
    facts,
    home,
    regions: [...new Set([home, ...selectRegions(facts, block, securityHubFacts.regions.names)])],
    administrator,
    management,
    changes: [],
    compared: [],
    foreign: [],
    issues: [],
    ids: {},
  };
  if (block.remove === true) planRemoval(planning);
  else {
    if ((state.competingPolicies?.length ?? 0) > 0) {
      warn(
        planning,
        "ORGRAIL3128",
        [],
        `policies of the type SECURITYHUB_CSPM_POLICY are attached: ${state.competingPolicies?.join(", ")}`,
        "what they set cannot be set here; configure Security Hub in one of the two ways",
      );
    }
    const ready = planAdministrators(planning);
    if (block.configuration === "local") planLocal(planning, ready);
    else if (ready.includes(home)) planCentral(planning);
    if (ready.includes(home)) planV2(planning);
  }
  const { changes, compared, foreign, issues, ids } = planning;
  return { changes, compared, foreign, issues, ids };
}
