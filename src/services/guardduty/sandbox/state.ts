import { digest } from "../../../core/digest.ts";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import {
  type AutoEnable,
  defaultFeatures,
  type FeatureFlags,
  type FeatureSettings,
} from "./features.ts";

/** GuardDuty's service principal. */
export const guardDutyPrincipal = "guardduty.amazonaws.com";

/** A detector: GuardDuty in one account and Region. */
export interface DetectorRecord {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  /** False: suspended. */
  enabled: boolean;
  frequency: string;
  features: FeatureFlags;
  tags: Readonly<Record<string, string>>;
}

/** Statuses of the relation between an administrator and a member, in GuardDuty's words. */
export type Relationship = "Created" | "Invited" | "Enabled" | "Disabled" | "Removed" | "Resigned";

/** A member as its administrator knows it. */
export interface MemberRecord {
  readonly account: AccountId;
  email: string;
  relationship: Relationship;
  how: "organization" | "invitation";
  invitedAt?: number;
  updatedAt: number;
}

/** What brings GuardDuty to accounts of the organization of their own accord. */
export interface OrganizationConfiguration {
  autoEnable: AutoEnable;
  features: FeatureSettings<AutoEnable>;
  /** Accounts that joined later are new. */
  readonly since: number;
  /** How many changes of the organization it has seen. */
  seen: number;
  /** When a change of it or of the membership is to reach the members. */
  dueAt?: number;
}

/** A list of addresses or entities, or a filter: members as the operations have them. */
export interface ListRecord {
  readonly id: string;
  name: string;
  format: string;
  location: string;
  active: boolean;
  bucketOwner?: string;
  /** When the present status is final: lists take a moment to be activated. */
  settledAt: number;
  readonly createdAt: number;
  updatedAt: number;
  tags: Readonly<Record<string, string>>;
}

/** A place that findings are exported to. */
export interface DestinationRecord {
  readonly id: string;
  arn: string;
  keyArn: string;
  bucketOwner?: string;
  tags: Readonly<Record<string, string>>;
}

/** A filter of findings: the request that made it, with its changes. */
export interface FilterRecord {
  readonly name: string;
  settings: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  updatedAt: number;
  version: number;
  tags: Readonly<Record<string, string>>;
}

/** The kinds of lists. */
export type ListKind = "ipset" | "threatintelset" | "trustedentityset" | "threatentityset";

/** GuardDuty in one account and Region; what is not used is not there. */
export interface RegionState {
  detector?: DetectorRecord;
  /** A member's administrator. */
  administrator?: {
    readonly account: AccountId;
    readonly how: "organization" | "invitation";
    readonly invitationId: string;
    readonly since: number;
  };
  /** An administrator's members. */
  members?: Map<AccountId, MemberRecord>;
  /** A delegated administrator's configuration. */
  organization?: OrganizationConfiguration;
  /** Invitations received, by account. */
  invitations?: Map<AccountId, { readonly id: string; readonly at: number }>;
  lists?: Map<ListKind, Map<string, ListRecord>>;
  destinations?: Map<string, DestinationRecord>;
  filters?: Map<string, FilterRecord>;
}

const slot: Slot<RegionState> = { name: "guardduty", scope: "region", init: () => ({}) };

/** GuardDuty of an account in a Region. */
export function regionState(world: World, account: AccountId, region: RegionName): RegionState {
  return world.state(slot, account, region);
}

/** What GuardDuty knows of organizations. */
export interface AdministratorsState {
  /** Delegated administrators, by organization and Region (`o-…/eu-west-1`). */
  readonly byRegion: Map<string, AccountId>;
  /** The membership of organizations and their policies as last seen, and when they changed. */
  membershipVersion: number;
  policies: string;
  changes: number;
  changedAt: number;
}

/** GuardDuty's delegated administrators. */
export const administratorsSlot: Slot<AdministratorsState> = {
  name: "guardduty-administrators",
  scope: "world",
  init: () => ({
    byRegion: new Map(),
    membershipVersion: 0,
    policies: "",
    changes: 0,
    changedAt: 0,
  }),
};

/** Makes a detector, and the service-linked role with the first. */
export function makeDetector(
  world: World,
  account: AccountId,
  region: RegionName,
  features: FeatureFlags = defaultFeatures,
): DetectorRecord {
  const now = world.clock.now();
  ensureServiceLinkedRole(world, account, guardDutyPrincipal);
  const detector: DetectorRecord = {
    id: digest(["guardduty", account, region, now]).slice(0, 32),
    createdAt: now,
    updatedAt: now,
    enabled: true,
    frequency: "SIX_HOURS",
    features,
    tags: {},
  };
  regionState(world, account, region).detector = detector;
  return detector;
}
