import type { Address } from "../../core/plan.ts";
import type { PlannedAccount } from "../../core/service-plan.ts";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import {
  organizationsAccessAddress,
  planOrganizationsAccess,
} from "../kit/stack-sets/organizations-access.ts";
import {
  planStackSet,
  planStackSetRemoval,
  stackSetAddress,
} from "../kit/stack-sets/plan-stack-set.ts";
import type { StackSetPlan } from "../kit/stack-sets/stack-set-plan.ts";
import type { StackSetSite, WantedStackSet } from "../kit/stack-sets/wanted-stack-set.ts";
import { showForeign } from "./plan-direct.ts";
import type { Planning } from "./planning.ts";
import { ownNames, recorderTemplate, roleTemplate } from "./templates.ts";

/** Everything at once, whatever fails: one account never holds up the others. */
const preferences = {
  RegionConcurrencyType: "PARALLEL",
  FailureTolerancePercentage: 100,
  MaxConcurrentPercentage: 100,
  ConcurrencyMode: "SOFT_FAILURE_TOLERANCE",
} as const;

/**
 * Plans the two stack sets that carry recorders to the members: the role in the home Region, and
 * the recorder with its channel in every Region. Places that have a recorder by other means are
 * left out and shown. Gives the addresses of what is made.
 */
export function planStackSets(planning: Planning, bucket: readonly Address[]): readonly Address[] {
  const { block, state, facts, changes, compared } = planning;
  const site = siteOf(planning);
  changes.push(...planOrganizationsAccess(state.stackSetAccess, site.region));
  compared.push(organizationsAccessAddress);
  const foreign = showOthers(planning);
  const roles = state.stackSets[ownNames.roleStackSet];
  const recorders = state.stackSets[ownNames.recorderStackSet];
  if (roles === undefined || recorders === undefined) return []; // Gaps say why.
  const roleAddress = stackSetAddress(ownNames.roleStackSet, site);
  const recorderAddress = stackSetAddress(ownNames.recorderStackSet, site);
  if (roles !== null) planning.ids[roleAddress] = roles.arn;
  if (recorders !== null) planning.ids[recorderAddress] = recorders.arn;
  const accounts = new Set<PlannedAccount>(planning.accounts);
  const shared = {
    parameters: {},
    tags: {},
    managedExecution: true,
    units: facts.units.filter(({ path }) => path.length === 0),
    preferences,
  } as const;
  const needs = [organizationsAccessAddress, `trustedAccess:${cloudformationFacts.principal}`];
  const role: WantedStackSet = {
    ...shared,
    name: ownNames.roleStackSet,
    description: "orgrail: the role of AWS Config's recorders",
    template: roleTemplate(block),
    capabilities: ["CAPABILITY_NAMED_IAM"],
    autoDeployment: { enabled: true, retainStacks: true, dependsOn: [] },
    regions: [facts.homeRegion],
    includes: (account) => accounts.has(account),
  };
  const recorder: WantedStackSet = {
    ...shared,
    name: ownNames.recorderStackSet,
    description: "orgrail: AWS Config's recorders and delivery channels",
    template: recorderTemplate(block, facts.homeRegion),
    capabilities: [],
    autoDeployment: { enabled: true, retainStacks: true, dependsOn: [roleAddress] },
    regions: planning.regions,
    includes: (account, region) =>
      accounts.has(account) && !foreign.has(`${String(account.id)}/${region}`),
  };
  const { ids } = planning;
  add(
    planning,
    planStackSet({ wanted: role, found: roles, site, facts, path: ["deployment"], needs, ids }),
  );
  add(
    planning,
    planStackSet({
      wanted: recorder,
      found: recorders,
      site,
      facts,
      path: ["deployment"],
      needs: [...needs, ...bucket, roleAddress, `${roleAddress}/stacks`],
      ids,
    }),
  );
  return [roleAddress, `${roleAddress}/stacks`, recorderAddress, `${recorderAddress}/stacks`];
}

/** The changes that take both stack sets down, the recorders first. */
export function planStackSetsRemoval(planning: Planning, after: readonly Address[]): void {
  const { state, changes } = planning;
  const site = siteOf(planning);
  const shared = { site, retainStacks: false, preferences, path: ["remove"] } as const;
  const recorders = state.stackSets[ownNames.recorderStackSet];
  const roles = state.stackSets[ownNames.roleStackSet];
  if (recorders)
    changes.push(...planStackSetRemoval({ ...shared, found: recorders, needs: after }));
  if (!roles) return;
  const address = stackSetAddress(ownNames.recorderStackSet, site);
  const needs = [address, `${address}/stacks`];
  changes.push(...planStackSetRemoval({ ...shared, found: roles, needs }));
}

function siteOf({ facts }: Planning): StackSetSite {
  return { callAs: "SELF", region: facts.homeRegion };
}

/** Shows recorders in members that others made, and gives their places. */
function showOthers(planning: Planning): ReadonlySet<string> {
  const { block, state, accounts } = planning;
  const byId = new Map(accounts.map((account) => [String(account.id), account]));
  const foreign = new Set<string>();
  for (const [key, place] of Object.entries(state.places)) {
    const account = byId.get(place.account);
    if (account === undefined || account.isManagement || place.recorder === null) continue;
    if (place.recorder.name === block.recorder.name) continue;
    foreign.add(key);
    showForeign(planning, account, place);
  }
  return foreign;
}

function add(planning: Planning, plan: StackSetPlan): void {
  planning.changes.push(...plan.changes);
  planning.compared.push(...plan.compared);
  planning.foreign.push(...plan.foreign);
  planning.issues.push(...plan.issues);
}
