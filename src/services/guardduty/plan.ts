import type {
  OrganizationNeeds,
  PlannedAccount,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import { accountNamed, isRegionEnabled, selectAccounts, selectRegions } from "../kit/scope.ts";
import { blockFeatures } from "./features.ts";
import { planRegion } from "./plan-region.ts";
import { planWithdrawal } from "./plan-removal.ts";
import { nameOf, type Sink } from "./planning.ts";
import type { GuardDutyBlock } from "./schema.ts";
import type { GuardDutyState } from "./state.ts";

type Input = ServicePlanInput<GuardDutyBlock, GuardDutyState>;

const { principal } = guardDutyFacts;

/** Plans Amazon GuardDuty. */
export const guardDutyPlanner: ServicePlanner<GuardDutyBlock, GuardDutyState> = {
  id: "guardduty",
  title: "Amazon GuardDuty",
  needs: ({ remove, delegatedAdministrator: account }): OrganizationNeeds =>
    remove === true
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators: [{ servicePrincipal: principal, account }],
          policyTypes: [],
        },
  plan: planGuardDuty,
};

function planGuardDuty({ block, state, facts }: Input): ServicePlan {
  const sink: Sink = { changes: [], compared: [], foreign: [], issues: [], ids: {} };
  const admin = accountNamed(facts, block.delegatedAdministrator);
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  if (state === undefined || admin === undefined || management === undefined) return sink;
  const regions = selectRegions(facts, block, guardDutyFacts.regions.names);
  const selected = selectAccounts(facts, block);
  const features = blockFeatures(block.features);
  if (state.policyType && block.remove !== true) {
    sink.issues.push({
      severity: "info",
      code: "ORGRAIL3211",
      path: ["autoEnable"],
      summary:
        "the policy type GUARDDUTY_POLICY is enabled: GuardDuty's settings of auto-enable no longer apply",
      help: "what GuardDuty policies manage is left to them; new accounts are enrolled by a policy, or by the next apply",
    });
  }
  let replaced: string | undefined;
  for (const region of regions) {
    if (!isRegionEnabled(management, region)) continue; // Nobody can be designated there.
    const read = state.regions[region];
    if (read === undefined) continue; // A gap says why it was not read.
    const { administrator } = read;
    if (block.remove === true) {
      if (administrator === null) continue;
      const reason = "the file says `remove: true`";
      planWithdrawal({ region, facts, administrator, read, sink, reason, suspend: true });
      continue;
    }
    if (!isRegionEnabled(admin, region)) {
      sink.issues.push({
        severity: "warning",
        code: "ORGRAIL3072",
        path: ["delegatedAdministrator"],
        summary: `${admin.name} has not enabled \`${region}\`: GuardDuty is not planned there`,
        help: "enable the Region in that account, or leave it out with `excludeRegions`",
      });
      continue;
    }
    if (administrator !== null && administrator !== admin.id) {
      replaced = administrator;
      const reason = `GuardDuty takes one administrator, and the file wants ${admin.name}`;
      planWithdrawal({ region, facts, administrator, read, sink, reason, suspend: false });
    }
    planRegion({
      region,
      block,
      facts,
      admin,
      management,
      read,
      accounts: selected.filter((account) => isEnrolled(account, admin, region)),
      features,
      policyType: state.policyType,
      sink,
    });
  }
  if (replaced !== undefined) warnOfReplacement(sink, nameOf(facts, replaced), admin);
  if (block.remove === true && sink.changes.length > 0) warnOfRemoval(sink);
  return sink;
}

/** Accounts that are to be members: all but the administrator that may use the Region. */
function isEnrolled(account: PlannedAccount, admin: PlannedAccount, region: string): boolean {
  return account !== admin && isRegionEnabled(account, region);
}

function warnOfReplacement({ issues }: Sink, former: string, { name }: PlannedAccount): void {
  issues.push({
    severity: "warning",
    code: "ORGRAIL3210",
    path: ["delegatedAdministrator"],
    summary: `${name} takes the place of ${former}: meanwhile no account administers GuardDuty`,
    help:
      "detectors go on and keep their findings; new accounts are not enrolled in between. " +
      `Filters, lists and exports of ${former} do not move: those of the file are made anew`,
  });
}

function warnOfRemoval({ issues }: Sink): void {
  issues.push({
    severity: "warning",
    code: "ORGRAIL3217",
    path: ["remove"],
    summary: "GuardDuty is suspended in all members, which then stand alone",
    help: "detectors and findings stay; the administrator's own detector is left as it is",
  });
}
