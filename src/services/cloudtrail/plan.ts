import type {
  OrganizationNeeds,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { cloudtrailFacts } from "../../data/cloudtrail-facts.ts";
import { accountNamed, isRegionEnabled } from "../kit/scope.ts";
import { planBucket } from "./plan-bucket.ts";
import { planKey } from "./plan-key.ts";
import { planLogs } from "./plan-logs.ts";
import { planTrail } from "./plan-trail.ts";
import { note, type Planning, type TrailPair, trailAddress } from "./planning.ts";
import type { CloudTrailBlock, TrailBlock } from "./schema.ts";
import type { CloudTrailState } from "./state.ts";

const principal = cloudtrailFacts.servicePrincipal;

/** Plans AWS CloudTrail: key, bucket, log group, then the trails that write there. */
export const cloudtrailPlanner: ServicePlanner<CloudTrailBlock, CloudTrailState> = {
  id: "cloudtrail",
  title: "AWS CloudTrail",
  needs: (block): OrganizationNeeds =>
    block.remove === true
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: block.trails.some(isOrganizational) ? [principal] : [],
          delegatedAdministrators:
            block.delegatedAdministrator === undefined
              ? []
              : [{ servicePrincipal: principal, account: block.delegatedAdministrator }],
          policyTypes: [],
        },
  plan: planCloudTrail,
};

function isOrganizational({ organization, remove }: TrailBlock): boolean {
  return organization && remove !== true;
}

function planCloudTrail(input: ServicePlanInput<CloudTrailBlock, CloudTrailState>): ServicePlan {
  const { block, state, facts } = input;
  const empty: ServicePlan = { changes: [], compared: [], foreign: [], issues: [] };
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  const archive = accountNamed(facts, block.logArchive.account);
  if (state?.trails === undefined || management === undefined || archive === undefined) {
    return empty;
  }
  const region = block.region ?? facts.homeRegion;
  const planning: Planning = {
    block,
    state,
    facts,
    management,
    archive,
    region,
    trails: block.trails.map((trail, index) => pairOf(input, trail, index, region)),
    changes: [],
    compared: [],
    foreign: [],
    issues: [],
    ids: {},
  };
  const isKept =
    block.remove !== true && planning.trails.some(({ block: { remove } }) => remove !== true);
  if (isKept && checkPlace(planning)) {
    const key = planKey(planning);
    const bucket = planBucket(planning, key);
    const logs = planLogs(planning);
    for (const trail of planning.trails) planTrail(planning, trail, { key, bucket, logs });
  } else if (!isKept) {
    const nothing = { key: undefined, bucket: undefined, logs: new Map() };
    for (const trail of planning.trails) planTrail(planning, trail, nothing);
    note(
      planning,
      "info",
      "ORGRAIL3165",
      ["logArchive"],
      `the bucket \`${block.logArchive.bucket}\` and its log files stay`,
      "delete them yourself once nobody needs them",
    );
  }
  showForeign(planning);
  const { changes, compared, foreign, issues, ids } = planning;
  return { changes, compared, foreign, issues, ids };
}

/** What stands for a trail of the block in AWS: of its name, else the one that it adopts. */
function pairOf(
  { state, facts }: ServicePlanInput<CloudTrailBlock, CloudTrailState>,
  block: TrailBlock,
  index: number,
  region: string,
): TrailPair {
  const own = (state?.trails ?? []).filter(
    ({ arn }) => arn.split(":")[4] === facts.managementAccountId,
  );
  const named = (name: string | undefined): (typeof own)[number] | undefined =>
    own.find((trail) => trail.name === name && trail.homeRegion === region) ??
    own.find((trail) => trail.name === name);
  const found = named(block.adopt) ?? named(block.name);
  const name = found?.name ?? block.name;
  const home = found?.homeRegion ?? region;
  return {
    block,
    index,
    found,
    name,
    region: home,
    arn:
      found?.arn ??
      `arn:${facts.partition}:cloudtrail:${home}:${facts.managementAccountId}:trail/${name}`,
  };
}

/** Whether the log archive's account can be worked in. */
function checkPlace(planning: Planning): boolean {
  const { archive, region } = planning;
  if (archive.state !== "ACTIVE") {
    note(
      planning,
      "error",
      "ORGRAIL3160",
      ["logArchive", "account"],
      `\`${archive.name}\` is ${archive.state.toLowerCase()} and can hold no log archive`,
      "name an active account",
    );
    return false;
  }
  if (archive.exists && !isRegionEnabled(archive, region)) {
    note(
      planning,
      "error",
      "ORGRAIL3161",
      ["logArchive", "account"],
      `\`${archive.name}\` has not enabled \`${region}\``,
      "enable the Region in that account, or give another `region`",
    );
    return false;
  }
  return true;
}

/** Trails that the file does not name: shown, never touched. */
function showForeign(planning: Planning): void {
  const { state, trails, management, block } = planning;
  const ours = new Set(trails.map(({ arn }) => arn));
  const others = (state.trails ?? []).filter(({ arn }) => !ours.has(arn));
  for (const trail of others) {
    planning.foreign.push({
      address: trailAddress(management, { name: trail.name, region: trail.homeRegion }),
      id: trail.arn,
      note: trail.settings?.IsOrganizationTrail === true ? "organization trail" : "trail",
    });
  }
  const second = others.find(({ settings }) => settings?.IsOrganizationTrail === true);
  const made = trails.find((trail) => trail.found === undefined && isOrganizational(trail.block));
  if (second === undefined || made === undefined || block.remove === true) return;
  note(
    planning,
    "warning",
    "ORGRAIL3162",
    ["trails", made.index],
    `the organization has the trail \`${second.name}\` already: management events of a second one are charged`,
    `say \`adopt: ${second.name}\` to take it over`,
  );
}
