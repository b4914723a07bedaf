import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import type { AutoEnablePeriod, Designation } from "../../kit/sandbox-designation.ts";

/** One Region of an organization, by its management account. */
export interface OrganizationRegion {
  admin?: Designation;
  /** Accounts that were administrators here: what they enabled stays. */
  readonly formerAdmins: Set<AccountId>;
}

/** A member as the administrator, or the member itself, left it. */
export interface MemberRecord {
  readonly status: "Enabled" | "Paused" | "Removed" | "Deleted";
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Automated discovery of an administrator's organization, or of an account alone. */
export interface DiscoveryRecord {
  readonly status: "ENABLED" | "DISABLED";
  readonly mode: "ALL" | "NEW" | "NONE";
  readonly updatedAt: number;
  readonly firstEnabledAt?: number;
  readonly disabledAt?: number;
}

/** What an administrator set in one Region. */
export interface AdministratorRegion {
  readonly members: Map<AccountId, MemberRecord>;
  readonly periods: AutoEnablePeriod[];
  /** Accounts whose discovery was switched one by one, and those that a mode left on. */
  readonly discovery: Map<AccountId, "ENABLED" | "DISABLED">;
  /** Times during which discovery was switched on for new members. */
  readonly discoveryPeriods: AutoEnablePeriod[];
}

/** An account's Macie. */
export interface SessionRecord {
  readonly createdAt: number;
  updatedAt: number;
  status: "ENABLED" | "PAUSED";
  frequency: "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS";
}

/** Where an account stores the results of its classification jobs. */
export interface ExportRecord {
  readonly bucketName: string;
  readonly keyPrefix?: string;
  readonly kmsKeyArn: string;
  readonly expectedBucketOwner?: string;
}

/** What an account has in one Region, beside what being a member gives it. */
export interface AccountRegion {
  session?: SessionRecord;
  exports?: ExportRecord;
  publication: { classification: boolean; policy: boolean };
  discovery?: DiscoveryRecord;
}

/** How long a new account waits until it is enabled. */
export const autoEnableMs: number = 30_000;

const organizationSlot: Slot<OrganizationRegion> = {
  name: "macie2-organization",
  scope: "region",
  init: () => ({ formerAdmins: new Set() }),
};

const administratorSlot: Slot<AdministratorRegion> = {
  name: "macie2-administrator",
  scope: "region",
  init: () => ({
    members: new Map(),
    periods: [],
    discovery: new Map(),
    discoveryPeriods: [],
  }),
};

const accountSlot: Slot<AccountRegion> = {
  name: "macie2",
  scope: "region",
  init: () => ({ publication: { classification: false, policy: true } }),
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
