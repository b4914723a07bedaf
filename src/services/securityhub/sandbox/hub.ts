import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { World } from "../../../sandbox/world.ts";
import { periodOf } from "../../kit/sandbox-designation.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { centralPolicyFor } from "./configuration.ts";
import { covers, regionOf } from "./organization.ts";
import {
  accountRegion,
  accountWide,
  administratorRegion,
  autoEnableMs,
  type ConfigurationRecord,
  type HubRecord,
  type MemberRecord,
} from "./state.ts";

/** An account's hub in a Region, by whichever way it came. */
export interface Hub {
  readonly record: HubRecord;
  /** ARNs of the standards that came with it. */
  readonly standards: readonly string[];
  /** Whether a configuration policy manages it. */
  readonly isCentral: boolean;
}

/** The ARN of a standard in a Region. */
export function standardArn(id: string, region: RegionName): string {
  const fact = securityHubFacts.standards.find((standard) => standard.id === id);
  return fact?.arn === "ruleset"
    ? `arn:aws:securityhub:::ruleset/${id}`
    : `arn:aws:securityhub:${region}::standards/${id}`;
}

/** The standards that are switched on with Security Hub in a Region. */
export function defaultStandards(region: RegionName): string[] {
  return securityHubFacts.standards
    .filter((standard) => standard.default)
    .map(({ id }) => standardArn(id, region));
}

/** The ARN of an account's hub. */
export function hubArn(account: AccountId, region: RegionName): string {
  return `arn:aws:securityhub:${region}:${account}:hub/default`;
}

/** A hub as it begins. */
export function newHub(subscribedAt: number, defaultStandards: boolean): HubRecord {
  return {
    subscribedAt,
    autoEnableControls: true,
    controlFindingGenerator: "SECURITY_CONTROL",
    defaultStandards,
    tags: new Map(),
  };
}

/**
 * The hub that an account has in a Region: by a configuration policy, its own, or by being a member;
 * nothing is kept for members that changed nothing themselves.
 */
export function hubOf(world: World, account: AccountId, region: RegionName): Hub | undefined {
  const own = accountRegion(world, account, region).hub;
  const organization = organizationWith(world, account);
  if (organization === undefined) return own === undefined ? undefined : ownHub(own, region);
  const policy = centralPolicyFor(world, organization, account, region);
  if (policy !== undefined) return centralHub(policy, own, region);
  if (own !== undefined) return ownHub(own, region);
  const { admin, formerAdmins } = regionOf(world, organization, region);
  for (const administrator of [admin?.account, ...formerAdmins]) {
    if (administrator === undefined) continue;
    const hub =
      memberHub(world, organization, administrator, account, region) ??
      retainedHub(world, administrator, account, region);
    if (hub !== undefined) return hub;
  }
  return undefined;
}

/** What makes an account a member of an administrator in a Region; `undefined`: it is none. */
export function memberRecord(
  world: World,
  organization: OrganizationRecord,
  administrator: AccountId,
  account: AccountId,
  region: RegionName,
): MemberRecord | undefined {
  const { members, periods } = administratorRegion(world, administrator, region);
  const explicit = members.get(account);
  if (explicit !== undefined) return explicit;
  const member = organization.accounts.get(account);
  if (member === undefined || account === organization.managementAccountId) return undefined;
  const enabledAt = member.joinedAt + autoEnableMs;
  if (enabledAt > world.clock.now()) return undefined;
  const period = periodOf(periods, member.joinedAt);
  if (period === undefined || !isRegionUsable(world, account, region)) return undefined;
  return { status: "Enabled", updatedAt: enabledAt, standards: period.standards };
}

function ownHub(record: HubRecord, region: RegionName): Hub {
  const standards = record.defaultStandards ? defaultStandards(region) : [];
  return { record, standards, isCentral: false };
}

function centralHub(
  policy: ConfigurationRecord,
  own: HubRecord | undefined,
  region: RegionName,
): Hub | undefined {
  if (policy.ServiceEnabled !== true) return undefined;
  return {
    record: own ?? newHub(0, false),
    standards: (policy.EnabledStandardIdentifiers ?? []).map((arn) => inRegion(arn, region)),
    isCentral: true,
  };
}

function memberHub(
  world: World,
  organization: OrganizationRecord,
  administrator: AccountId,
  account: AccountId,
  region: RegionName,
): Hub | undefined {
  const member = memberRecord(world, organization, administrator, account, region);
  // A member that left its administrator keeps its hub until it disables it.
  if (member === undefined || member.status === "Created") return undefined;
  if (member.status === "AccountSuspended") return undefined;
  return ownHub(newHub(member.updatedAt, member.standards), region);
}

function retainedHub(
  world: World,
  administrator: AccountId,
  account: AccountId,
  region: RegionName,
): Hub | undefined {
  const { retained, aggregator } = accountWide(world, administrator);
  const policy = retained.get(account);
  if (policy === undefined || aggregator === undefined || !covers(aggregator, region)) {
    return undefined;
  }
  const hub = centralHub(policy, undefined, region);
  return hub === undefined ? undefined : { ...hub, isCentral: false };
}

/** A configuration policy names standards by the ARN of its home Region. */
function inRegion(arn: string, region: RegionName): string {
  return arn.replace(/^(arn:[^:]+:securityhub:)[a-z0-9-]+(::standards\/)/, `$1${region}$2`);
}
