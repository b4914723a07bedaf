import type { AccountId, RegionName } from "./identifiers.ts";
import type { JsonObject } from "./json.ts";
import type { Gap } from "./read.ts";

/** Tags, by key. */
export type Tags = Readonly<Record<string, string>>;

/** Who made the reads, and what that account is to the organization. */
export interface SnapshotCaller {
  readonly account: AccountId;
  readonly arn: string;
  readonly standing: "management" | "delegatedAdministrator" | "member";
}

/** A root with the policy types it knows. */
export interface RootState {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly policyTypes: readonly { readonly type: string; readonly status: string }[];
  readonly tags?: Tags;
}

/** An organizational unit. `parentId` is a root or another organizational unit. */
export interface OrganizationalUnitState {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parentId: string;
  readonly tags?: Tags;
}

/** Life-cycle states of an account (`Account.State`; older SDKs' `Status` is mapped onto them). */
export const accountStates = [
  "PENDING_ACTIVATION",
  "ACTIVE",
  "SUSPENDED",
  "PENDING_CLOSURE",
  "CLOSED",
] as const;

/** A life-cycle state of an account. */
export type AccountState = (typeof accountStates)[number];

/** The types of alternate contacts of an account. */
export const alternateContactTypes = ["BILLING", "OPERATIONS", "SECURITY"] as const;

/** A type of alternate contact. */
export type AlternateContactType = (typeof alternateContactTypes)[number];

/** An alternate contact, members as the Account Management API names them. */
export interface AlternateContact {
  readonly name: string;
  readonly title: string;
  readonly emailAddress: string;
  readonly phoneNumber: string;
}

/** A Region's opt-in status in one account, by the API's words. */
export interface RegionState {
  readonly name: RegionName;
  readonly status: "ENABLED" | "ENABLING" | "DISABLING" | "DISABLED" | "ENABLED_BY_DEFAULT";
}

/** An account. Members that are absent were not read; a gap says why, unless not asked for. */
export interface OrganizationAccountState {
  readonly id: AccountId;
  readonly arn: string;
  readonly name: string;
  readonly email: string;
  readonly state: AccountState;
  readonly joinedMethod: "CREATED" | "INVITED";
  readonly joinedAt: string;
  readonly parentId: string;
  readonly tags?: Tags;
  /** `null`: read, and there is none. */
  readonly alternateContacts?: Readonly<
    Partial<Record<AlternateContactType, AlternateContact | null>>
  >;
  readonly regions?: readonly RegionState[];
}

/** A policy with its content and the targets it is attached to. */
export interface PolicyState {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  /** An open list: a type that this version does not know is shown, never written. */
  readonly type: string;
  readonly awsManaged: boolean;
  /** The document as AWS stores it. */
  readonly content?: string;
  /** Ids of roots, organizational units and accounts, sorted. */
  readonly targets?: readonly string[];
  readonly tags?: Tags;
}

/** A service that has trusted access. */
export interface TrustedAccessState {
  readonly servicePrincipal: string;
  readonly enabledAt?: string;
}

/** An account that is delegated administrator for services. */
export interface DelegatedAdministratorState {
  readonly account: AccountId;
  readonly services?: readonly string[];
}

/** The organization's resource-based delegation policy. */
export interface ResourcePolicyState {
  readonly id: string;
  readonly arn: string;
  readonly content: string;
  readonly tags?: Tags;
}

/** An invitation or another handshake. */
export interface HandshakeState {
  readonly id: string;
  readonly action: string;
  readonly state: string;
  readonly requestedAt?: string;
  readonly expiresAt?: string;
  readonly parties: readonly { readonly id: string; readonly type: string }[];
}

/** A request to create an account that AWS still works on or that failed. */
export interface AccountCreationState {
  readonly id: string;
  readonly accountName: string;
  readonly state: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  readonly accountId?: AccountId;
  readonly failureReason?: string;
  readonly requestedAt?: string;
}

/**
 * All that was read of an organization, at one time.
 *
 * Lists are sorted by id. INVARIANT: a member that is absent was not read, and `gaps` holds the
 * reason under the member's path; an empty list was read and is empty.
 */
export interface OrganizationState {
  readonly id: string;
  readonly arn: string;
  readonly featureSet: "ALL" | "CONSOLIDATED_BILLING";
  readonly managementAccountId: AccountId;
  readonly managementAccountEmail: string;
  readonly root: RootState;
  readonly organizationalUnits: readonly OrganizationalUnitState[];
  readonly accounts: readonly OrganizationAccountState[];
  readonly policies?: readonly PolicyState[];
  readonly trustedAccess?: readonly TrustedAccessState[];
  readonly delegatedAdministrators?: readonly DelegatedAdministratorState[];
  readonly resourcePolicy?: ResourcePolicyState | null;
  readonly handshakes?: readonly HandshakeState[];
  readonly accountCreations?: readonly AccountCreationState[];
}

/**
 * How deep services are read. `headline`: who administers them and how; `full`: what their
 * administrators know of all accounts; `inside`: also what only each account itself knows.
 */
export const collectTiers = ["headline", "full", "inside"] as const;

/** How deep services are read. */
export type CollectTier = (typeof collectTiers)[number];

/** What services were asked for. */
export interface SnapshotScope {
  readonly tier: CollectTier;
  readonly homeRegion: RegionName;
  readonly regions: readonly RegionName[];
}

/**
 * A call that was answered: operation (`guardduty:ListMembers`), account, Region, seconds after
 * `takenAt` (before it, when negative: the answer is an earlier collect's), and the first 16 hexadecimal digits of the SHA-256 of the answer's canonical JSON.
 * An array, for there are thousands.
 */
export type CallEvidence = readonly [
  operation: string,
  account: AccountId,
  region: RegionName,
  seconds: number,
  digest: string,
];

/** All that was read, at one time; a plain value that can be saved, diffed and replayed. */
export interface Snapshot {
  readonly schemaVersion: 1;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly caller: SnapshotCaller;
  readonly organization: OrganizationState;
  /** What was read of each service, by IAM service prefix, in the service's own form. */
  readonly services?: Readonly<Record<string, JsonObject>>;
  /** What services were asked for; absent when none were. */
  readonly scope?: SnapshotScope;
  /** The calls that it rests on, in the order of their answers. */
  readonly calls?: readonly CallEvidence[];
  readonly gaps: readonly Gap[];
}
