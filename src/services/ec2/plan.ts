import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type {
  BlockIssue,
  OrganizationNeeds,
  PlannedAccount,
  ServiceChange,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { ec2Settings } from "../../data/ec2-settings.ts";
import { thingAddress } from "../kit/address.ts";
import { isSame, sameMembers } from "../kit/batches.ts";
import { isRegionEnabled, selectAccounts, selectRegions } from "../kit/scope.ts";
import { uncovered } from "./plan-coverage.ts";
import type { Ec2Block } from "./schema.ts";
import type { Ec2State, SettingState } from "./state.ts";
import { type Wanted, type Write, wantedSettings } from "./wanted.ts";

type Input = ServicePlanInput<Ec2Block, Ec2State>;

/** Plans Amazon EC2. */
export const ec2Planner: ServicePlanner<Ec2Block, Ec2State> = {
  id: "ec2",
  title: "Amazon EC2",
  needs: (block): OrganizationNeeds => ({
    trustedAccess: [],
    delegatedAdministrators: [],
    policyTypes:
      block.remove !== true && wantedSettings(block).some(({ via }) => via !== "account")
        ? ["DECLARATIVE_POLICY_EC2"]
        : [],
  }),
  plan: planEc2,
};

function planEc2(input: Input): ServicePlan {
  const { block, state, facts } = input;
  const changes: ServiceChange[] = [];
  const compared: string[] = [];
  const issues: BlockIssue[] = [];
  const planned = { changes, compared, foreign: [], issues };
  if (state === undefined) return planned;
  const wanted = wantedSettings(block);
  issues.push(...uncovered(input, wanted));
  const direct = wanted.filter(({ via }) => via === "account");
  if (direct.length === 0) return planned;
  const encrypted = new Set(state.encrypted);
  const held = new Map<string, Set<string>>();
  const waiting: string[] = [];
  const regions = selectRegions(facts, block, ec2Settings.regions.names);
  for (const account of selectAccounts(facts, block)) {
    if (!account.exists) {
      waiting.push(account.name);
      continue;
    }
    for (const region of regions.filter((one) => isRegionEnabled(account, one))) {
      const place = `${String(account.id)}/${region}`;
      for (const one of direct) {
        const write = one.write(region);
        if (write === undefined) continue;
        const address = addressOf(account, region, one);
        const isProven = one.setting === "ebsEncryption" && encrypted.has(place);
        const found = state.settings[one.setting]?.[place];
        if (isProven || found !== undefined) compared.push(address);
        if (isProven || found === undefined) continue; // Else a gap says why it was not read.
        const change = changeOf(block, one, write, found, address);
        if (change === undefined) continue;
        if (found.isDeclared === true) {
          const names = held.get(one.member) ?? new Set();
          held.set(one.member, names.add(account.name));
        } else {
          const needs = one.follows === undefined ? [] : [addressOf(account, region, one.follows)];
          changes.push({ ...change, workIn: account.id, account: account.id, region, needs });
        }
      }
    }
  }
  issues.push(...heldIssues(held), ...waitingIssues(waiting));
  return planned;
}

function changeOf(
  block: Ec2Block,
  { member, undo, setting }: Wanted,
  write: Write,
  found: SettingState,
  address: string,
): ServiceChange | undefined {
  const isThere = isSame(sameMembers(write.facet, found.value), write.facet);
  if (block.remove === true) {
    // Only what is as the block makes it is taken back.
    if (!isThere || undo === undefined) return undefined;
    return {
      ...facets(undo, found),
      address,
      action: "disable",
      reason: "the file says `remove: true`",
      risk: "protection",
      phase: "undo",
    };
  }
  if (isThere) return undefined;
  return {
    ...facets(write, found),
    address,
    action: setting === "ebsEncryption" ? "enable" : "update",
    reason: "the file wants it so in every account and Region",
    path: [member],
    ...(isLess(write) ? { risk: "protection" } : {}),
  };
}

/** Whether a write opens what may have been shut. */
function isLess({ facet }: Write): boolean {
  return (
    facet.SerialConsoleAccessEnabled === true ||
    facet.InternetGatewayBlockMode === "off" ||
    facet.HttpTokens === "optional"
  );
}

function facets(
  { operation, input, facet }: Write,
  found: SettingState,
): Pick<ServiceChange, "operation" | "input" | "before" | "after"> {
  const before: JsonObject = sameMembers(facet, found.value);
  return { operation, input, before, after: facet };
}

function heldIssues(held: ReadonlyMap<string, ReadonlySet<string>>): readonly BlockIssue[] {
  return [...held].map(([member, names]) => ({
    severity: "warning",
    code: "ORGRAIL3193",
    path: [member],
    summary: `a declarative policy holds this setting otherwise in ${[...names].join(", ")}; accounts cannot change it`,
    help: "change the policy under `policies`, or say `via: declarative-policy`",
  }));
}

function waitingIssues(names: readonly string[]): readonly BlockIssue[] {
  if (names.length === 0) return [];
  return [
    {
      severity: "info",
      code: "ORGRAIL3194",
      path: [],
      summary: `${names.join(", ")} ${names.length === 1 ? "is" : "are"} made by this plan: EC2's settings come with the next`,
      help: "apply this plan, then plan again; a declarative policy needs no second one",
    },
  ];
}

function addressOf(
  { name }: PlannedAccount,
  region: RegionName,
  one: Pick<Wanted, "setting" | "detail">,
): string {
  return thingAddress("ec2", one.setting, { account: name, region }, one.detail);
}
