import type {
  OrganizationNeeds,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import { configFacts } from "../../data/config.ts";
import { accountNamed, selectAccounts, selectRegions } from "../kit/scope.ts";
import { planAggregator } from "./plan-aggregator.ts";
import { planBucket } from "./plan-bucket.ts";
import { planDirect, planDirectRemoval } from "./plan-direct.ts";
import { planPacks } from "./plan-packs.ts";
import { planRules } from "./plan-rules.ts";
import { planStackSets, planStackSetsRemoval } from "./plan-stack-sets.ts";
import type { Planning } from "./planning.ts";
import type { ConfigBlock } from "./schema.ts";
import type { ConfigState } from "./state.ts";
import { ownNames } from "./templates.ts";

type Input = ServicePlanInput<ConfigBlock, ConfigState>;

/** Plans AWS Config. */
export const configPlanner: ServicePlanner<ConfigBlock, ConfigState> = {
  id: "config",
  title: "AWS Config",
  needs: (block): OrganizationNeeds => {
    const principals = Object.values(configFacts.principals);
    const { delegatedAdministrator: account } = block;
    if (block.remove === true) {
      return { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] };
    }
    return {
      trustedAccess: [
        ...principals,
        ...(block.deployment === "stack-set" ? [cloudformationFacts.principal] : []),
      ],
      delegatedAdministrators:
        account === undefined
          ? []
          : principals.map((servicePrincipal) => ({ servicePrincipal, account })),
      policyTypes: [],
    };
  },
  plan: planConfig,
};

function planConfig({ block, state, facts, files }: Input): ServicePlan {
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  const owner = accountNamed(facts, block.delegatedAdministrator) ?? management;
  if (state === undefined || management === undefined || owner === undefined) {
    return { changes: [], compared: [], foreign: [], issues: [] };
  }
  const planning: Planning = {
    block,
    state,
    facts,
    files,
    owner,
    management,
    regions: selectRegions(facts, block, configFacts.regions.names),
    accounts: selectAccounts(facts, block),
    changes: [],
    compared: [],
    foreign: [],
    issues: [],
    ids: {},
  };
  for (const id of block.remove === true ? [] : (state.otherAdministrators ?? [])) {
    const name = facts.accounts.find((account) => account.id === id)?.name ?? id;
    planning.issues.push({
      severity: "warning",
      code: "ORGRAIL3122",
      path: ["delegatedAdministrator"],
      summary: `${name} administers AWS Config as well: its rules, packs and aggregators stay in force beside these, and cannot be seen from ${owner.name}`,
      help: "once these are in place, delete the others there, then deregister it: `present: false`",
    });
  }
  const byStackSet = block.deployment === "stack-set";
  if (block.remove === true) {
    const gone = [...planRules(planning, []), ...planPacks(planning, [])];
    planAggregator(planning);
    if (byStackSet) planStackSetsRemoval(planning, gone);
    planDirectRemoval(planning, gone);
  } else {
    const bucket = planBucket(planning);
    const direct = planDirect(planning, bucket);
    const stacks = byStackSet ? planStackSets(planning, bucket) : [];
    planAggregator(planning);
    // Rules wait for the first recorders; later, a place that fails does not hold them up.
    const recorders = isFirstDeployment(planning) ? [...direct, ...stacks] : [];
    planRules(planning, recorders);
    planPacks(planning, recorders);
  }
  const { changes, compared, foreign, issues, ids } = planning;
  return { changes, compared, foreign, issues, ids };
}

/** Whether no recorder of ours is known anywhere. */
function isFirstDeployment({ block, state }: Planning): boolean {
  const stacks = state.stackSets[ownNames.recorderStackSet];
  const hasStacks = Object.values(stacks?.instances ?? {}).some(
    ({ current }) => current.length > 0,
  );
  const hasOwn = Object.values(state.places).some(
    ({ recorder }) => recorder?.name === block.recorder.name,
  );
  return !hasStacks && !hasOwn;
}
