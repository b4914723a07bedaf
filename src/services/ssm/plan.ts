import { ouPathKey } from "../../core/desired.ts";
import { canonicalJson, type Json } from "../../core/json.ts";
import type { OrganizationNeeds, ServicePlan, ServicePlanner } from "../../core/service-plan.ts";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import { accountNamed, selectAccounts, selectRegions } from "../kit/scope.ts";
import { planBaselines } from "./plan-baselines.ts";
import { planPatchPolicies } from "./plan-patch-policies.ts";
import { planSettings } from "./plan-settings.ts";
import { addressOf, type Input, type Planning, placeOf } from "./planning.ts";
import type { SystemsManagerBlock } from "./schema.ts";
import type { SystemsManagerState } from "./state.ts";

const { principal, regions: offered } = systemsManagerFacts;

/** Plans Systems Manager. */
export const systemsManagerPlanner: ServicePlanner<SystemsManagerBlock, SystemsManagerState> = {
  id: "ssm",
  title: "Systems Manager",
  needs,
  plan: planSystemsManager,
};

/** Quick Setup reaches units by stack sets, which the organization must trust. */
function needs(block: SystemsManagerBlock): OrganizationNeeds {
  const needed = organizationNeeds(block, principal);
  const kept = Object.values(block.patchPolicies ?? {}).filter(({ remove }) => remove !== true);
  if (block.remove === true || kept.length === 0) return needed;
  return {
    ...needed,
    trustedAccess: [...needed.trustedAccess, cloudformationFacts.principal],
  };
}

function planSystemsManager(input: Input): ServicePlan {
  const { block, state, facts } = input;
  if (state === undefined) return { changes: [], compared: [], foreign: [], issues: [] };
  const planning: Planning = {
    input,
    state,
    accounts: selectAccounts(facts, block),
    regions: selectRegions(facts, block, offered.names),
    changes: [],
    compared: [],
    foreign: [],
    issues: [],
    ids: {},
  };
  planSettings(planning);
  planBaselines(planning);
  planPatchPolicies(planning);
  planExplorer(planning);
  const { changes, compared, foreign, issues, ids } = planning;
  return { changes, compared, foreign, issues, ids };
}

/** Plans the resource data sync of the organization. */
function planExplorer(planning: Planning): void {
  const { input, state, changes, compared, foreign } = planning;
  const { block, facts } = input;
  const { explorer } = block;
  if (explorer === undefined || state.syncs === undefined) return;
  const owner =
    block.delegatedAdministrator === undefined
      ? facts.accounts.find(({ isManagement }) => isManagement)
      : accountNamed(facts, block.delegatedAdministrator);
  if (owner === undefined) return;
  const region = facts.homeRegion;
  const address = addressOf("resourceDataSync", owner, region, explorer.name);
  compared.push(address);
  for (const one of state.syncs.list) {
    if (one.name === explorer.name) continue;
    foreign.push({
      address: addressOf("resourceDataSync", owner, region, one.name),
      id: one.name,
    });
  }
  const found = state.syncs.list.find(({ name }) => name === explorer.name);
  const { needs = [], ...place } = placeOf(owner, region);
  const shared = { ...place, address, path: ["explorer"] };
  const name = { SyncName: explorer.name, SyncType: "SyncFromSource" };
  if (block.remove === true) {
    if (found === undefined) return;
    changes.push({
      ...shared,
      operation: "DeleteResourceDataSync",
      action: "delete",
      input: name,
      before: { source: found.source },
      after: null,
      needs,
      reason: "the file says `remove: true`",
      risk: "protection",
      phase: "undo",
    });
    return;
  }
  const paths = explorer.organizationalUnits ?? ["Root"];
  const isWhole = paths.includes("Root");
  const units = facts.units
    .filter(({ path }) => !isWhole && paths.includes(ouPathKey(path)))
    .map(({ id }): Json => id);
  const regions = [...(explorer.sourceRegions ?? planning.regions)].sort();
  const { includeFutureRegions, enableAllOpsDataSources } = explorer;
  const organization = isWhole ? "EntireOrganization" : "OrganizationalUnits";
  const source = {
    type: "AwsOrganizations",
    organization,
    organizationalUnits: units.sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)),
    regions,
    includeFutureRegions,
    enableAllOpsDataSources,
  };
  if (found !== undefined && canonicalJson(found.source) === canonicalJson(source)) return;
  changes.push({
    ...shared,
    operation: found === undefined ? "CreateResourceDataSync" : "UpdateResourceDataSync",
    action: found === undefined ? "create" : "update",
    input: {
      ...name,
      SyncSource: {
        SourceType: "AwsOrganizations",
        AwsOrganizationsSource: {
          OrganizationSourceType: organization,
          ...(units.length === 0
            ? {}
            : {
                OrganizationalUnits: units.map((OrganizationalUnitId) => ({
                  OrganizationalUnitId,
                })),
              }),
        },
        SourceRegions: regions,
        IncludeFutureRegions: includeFutureRegions,
        EnableAllOpsDataSources: enableAllOpsDataSources,
      },
    },
    before: found === undefined ? null : { source: found.source },
    after: { source },
    needs: [
      ...needs,
      `trustedAccess:${principal}`,
      `delegatedAdministrator:${principal}/${owner.name}`,
    ],
    reason: "the file gathers the organization's data for Explorer and OpsCenter",
  });
}
