import type { RegionName } from "../../core/identifiers.ts";
import type {
  OrganizationNeeds,
  PlannedAccount,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { accountNamed, isRegionEnabled, selectAccounts, selectRegions } from "../kit/scope.ts";
import { planRegion } from "./plan-region.ts";
import { planWithdrawal } from "./plan-removal.ts";
import { managedScans, type Sink } from "./planning.ts";
import type { InspectorBlock } from "./schema.ts";
import type { InspectorState } from "./state.ts";

type Input = ServicePlanInput<InspectorBlock, InspectorState>;

const { principal } = inspectorFacts;

/** Plans Amazon Inspector. */
export const inspectorPlanner: ServicePlanner<InspectorBlock, InspectorState> = {
  id: "inspector2",
  title: "Amazon Inspector",
  needs: ({ remove, delegatedAdministrator: account }): OrganizationNeeds =>
    remove === true
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators: [{ servicePrincipal: principal, account }],
          policyTypes: [],
        },
  plan: planInspector,
};

function planInspector({ block, state, facts }: Input): ServicePlan {
  const sink: Sink = { changes: [], compared: [], foreign: [], issues: [] };
  const admin = accountNamed(facts, block.delegatedAdministrator);
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  if (state === undefined || admin === undefined || management === undefined) return sink;
  const selected = selectAccounts(facts, block);
  const everyone = facts.accounts.filter((account) => account.state === "ACTIVE");
  let replaced = false;
  for (const region of selectRegions(facts, block, inspectorFacts.regions.names)) {
    const read = state.regions[region];
    if (!isRegionEnabled(management, region) || read === undefined) continue;
    const { administrator } = read;
    if (block.remove === true) {
      if (administrator === null) continue;
      const members = associated(everyone, administrator, read.unassociated, region);
      planWithdrawal({ region, administrator, read, members, sink, isRemoval: true, block });
      continue;
    }
    if (!isRegionEnabled(admin, region)) {
      sink.issues.push({
        severity: "warning",
        code: "ORGRAIL3072",
        path: ["delegatedAdministrator"],
        summary: `${admin.name} has not enabled \`${region}\`: Inspector is not planned there`,
        help: "enable the Region in that account, or leave it out with `excludeRegions`",
      });
      continue;
    }
    if (administrator !== null && administrator !== admin.id) {
      replaced = true;
      planWithdrawal({ region, administrator, read, members: [], sink, isRemoval: false, block });
    }
    planRegion({
      region,
      block,
      admin,
      read,
      accounts: selected.filter((account) => account !== admin && isRegionEnabled(account, region)),
      managed: (account) => managedScans(state.policies, account, region),
      sink,
    });
  }
  if (replaced) {
    sink.issues.push({
      severity: "warning",
      code: "ORGRAIL3230",
      path: ["delegatedAdministrator"],
      summary: `${admin.name} takes the place of another administrator: meanwhile nobody sees all findings`,
      help: "accounts go on scanning; suppression rules and paths of the former administrator do not move",
    });
  }
  if (block.remove === true && sink.changes.length > 0) {
    sink.issues.push({
      severity: "warning",
      code: "ORGRAIL3231",
      path: ["remove"],
      summary: "the scan types of the block are switched off in all members and the administrator",
      help: "AWS deletes the findings of what is scanned no more",
    });
  }
  return sink;
}

/** Accounts that the administrator has for members, itself left out. */
function associated(
  accounts: readonly PlannedAccount[],
  administrator: string,
  unassociated: readonly string[] | undefined,
  region: RegionName,
): readonly string[] {
  if (unassociated === undefined) return [];
  const outside = new Set(unassociated);
  return accounts.flatMap((account) => {
    const { id } = account;
    const isMember =
      typeof id === "string" &&
      id !== administrator &&
      !outside.has(id) &&
      isRegionEnabled(account, region);
    return isMember ? [id] : [];
  });
}
