import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import type { AutoEnablePeriod, Designation } from "../../kit/sandbox-designation.ts";

/** One Region of an organization, by its management account. */
export interface OrganizationRegion {
  admin?: Designation;
  v2Admin?: Designation;
  /** Accounts that were administrators here: what they enabled stays. */
  readonly formerAdmins: Set<AccountId>;
}

/** How an account became, or ceased to be, a member by itself or the administrator's call. */
export interface MemberRecord {
  status: "Enabled" | "Removed" | "Deleted" | "AccountSuspended" | "Created";
  updatedAt: number;
  /** Whether the default standards came with the hub. */
  standards: boolean;
  readonly email?: string;
}

/** A time during which new accounts were enabled by themselves. */
export interface HubPeriod extends AutoEnablePeriod {
  /** Whether the default standards came with the hub. */
  readonly standards: boolean;
}

/** What an administrator set in one Region. */
export interface AdministratorRegion {
  readonly members: Map<AccountId, MemberRecord>;
  readonly periods: HubPeriod[];
  autoEnableStandards: "DEFAULT" | "NONE";
}

/** A hub of an account's own. */
export interface HubRecord {
  readonly subscribedAt: number;
  autoEnableControls: boolean;
  controlFindingGenerator: "SECURITY_CONTROL" | "STANDARD_CONTROL";
  readonly defaultStandards: boolean;
  readonly tags: Map<string, string>;
}

/** A standard that was switched by hand. */
export interface StandardRecord {
  status: "PENDING" | "READY" | "DELETING";
  changedAt: number;
}

/** What an account has in one Region, beside what rules give it. */
export interface AccountRegion {
  hub?: HubRecord;
  /** Standards by ARN: on or off against the default. */
  readonly standards: Map<string, { readonly on: boolean; readonly changedAt: number }>;
  /** Controls by `STANDARD\nCONTROL`, where switched. */
  readonly controls: Map<string, { readonly status: string; readonly reason?: string }>;
  v2?: { readonly subscribedAt: number; readonly tags: Map<string, string> };
}

/** A finding aggregator, of either kind. */
export interface AggregatorRecord {
  readonly arn: string;
  readonly home: RegionName;
  mode: string;
  regions: string[];
  readonly tags: Map<string, string>;
}

/** A configuration policy; `policy` as the SDK has its `SecurityHub` member. */
export interface ConfigurationPolicyRecord {
  readonly id: string;
  readonly arn: string;
  name: string;
  description: string;
  policy: ConfigurationRecord;
  readonly createdAt: number;
  updatedAt: number;
  readonly tags: Map<string, string>;
}

/** What a configuration policy says. */
export interface ConfigurationRecord {
  readonly ServiceEnabled?: boolean | undefined;
  readonly EnabledStandardIdentifiers?: string[] | undefined;
  readonly SecurityControlsConfiguration?: object | undefined;
}

/** An association that was applied to a target itself. */
export interface AssociationRecord {
  readonly policyId: string;
  readonly updatedAt: number;
}

/** What an account keeps for all Regions: aggregators and, as administrator, the configuration. */
export interface AccountWide {
  aggregator?: AggregatorRecord;
  aggregatorV2?: AggregatorRecord;
  /** Since when the configuration is central; absent: local. */
  central?: { readonly since: number; readonly registeredAt: number | undefined };
  readonly policies: Map<string, ConfigurationPolicyRecord>;
  readonly associations: Map<string, AssociationRecord>;
  /** What accounts kept when central configuration ended, by account. */
  readonly retained: Map<AccountId, ConfigurationRecord>;
}

/** How long Security Hub takes to make the configuration central. */
export const centralMs: number = 20_000;
/** How long an association takes to reach its accounts. */
export const associationMs: number = 30_000;
/** How long a new account waits until it is enabled. */
export const autoEnableMs: number = 30_000;
/** How long a standard is pending. */
export const standardMs: number = 10_000;
/** Stands for self-managed behavior among configuration policies. */
export const selfManaged = "SELF_MANAGED_SECURITY_HUB";

const organizationSlot: Slot<OrganizationRegion> = {
  name: "securityhub-organization",
  scope: "region",
  init: () => ({ formerAdmins: new Set() }),
};

const administratorSlot: Slot<AdministratorRegion> = {
  name: "securityhub-administrator",
  scope: "region",
  init: () => ({ members: new Map(), periods: [], autoEnableStandards: "DEFAULT" }),
};

const accountSlot: Slot<AccountRegion> = {
  name: "securityhub",
  scope: "region",
  init: () => ({ standards: new Map(), controls: new Map() }),
};

const accountWideSlot: Slot<AccountWide> = {
  name: "securityhub-account",
  scope: "account",
  init: () => ({ policies: new Map(), associations: new Map(), retained: new Map() }),
};

/** One Region of the organization that a management account has. */
export function organizationRegion(
  world: World,
  management: AccountId,
  region: RegionName,
): OrganizationRegion {
  return world.state(organizationSlot, management, region);
}

/** What an administrator set in a Region. */
export function administratorRegion(
  world: World,
  administrator: AccountId,
  region: RegionName,
): AdministratorRegion {
  return world.state(administratorSlot, administrator, region);
}

/** What an account has in a Region of its own. */
export function accountRegion(world: World, account: AccountId, region: RegionName): AccountRegion {
  return world.state(accountSlot, account, region);
}

/** What an account keeps for all Regions. */
export function accountWide(world: World, account: AccountId): AccountWide {
  return world.state(accountWideSlot, account);
}
