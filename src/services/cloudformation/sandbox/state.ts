import type { StackSetOperationPreferences } from "@aws-sdk/client-cloudformation";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import type { Template } from "../../kit/template/parse-template.ts";

/** A resource that a stack made. */
export interface ResourceRecord {
  readonly type: string;
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A stack in an account and Region. Its template stands in {@link CloudformationState}. */
export interface StackRecord {
  readonly id: string;
  readonly name: string;
  /** Key of the template's text. */
  template: string;
  parameters: Readonly<Record<string, string>>;
  capabilities: readonly string[];
  tags: Readonly<Record<string, string>>;
  status: string;
  statusReason?: string;
  readonly createdAt: number;
  updatedAt?: number;
  deletedAt?: number;
  /** Until when it shows that it is being worked on. */
  busyUntil?: number;
  /** By logical id. */
  resources: Map<string, ResourceRecord>;
}

/** A stack instance: a stack set's stack in an account and Region. */
export interface InstanceRecord {
  readonly account: AccountId;
  readonly region: RegionName;
  /** The target by which it came: a root or organizational unit; absent when self-managed. */
  readonly organizationalUnitId?: string;
  stackId?: string;
  status: "CURRENT" | "OUTDATED" | "INOPERABLE";
  detailedStatus:
    | "PENDING"
    | "RUNNING"
    | "SUCCEEDED"
    | "FAILED"
    | "CANCELLED"
    | "INOPERABLE"
    | "SKIPPED_SUSPENDED_ACCOUNT";
  reason?: string;
  drift: "NOT_CHECKED" | "IN_SYNC" | "DRIFTED" | "UNKNOWN";
  driftCheckedAt?: number;
  operationId: string;
  overrides?: Readonly<Record<string, string>>;
}

/** Where an operation works. */
export interface OperationItem {
  readonly account: AccountId;
  readonly region: RegionName;
  readonly organizationalUnitId?: string;
}

/** How one target of an operation went. */
export interface OperationResult {
  status: "PENDING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  reason?: string;
}

/** An operation on a stack set. */
export interface OperationRecord {
  readonly id: string;
  readonly action: "CREATE" | "UPDATE" | "DELETE" | "DETECT_DRIFT";
  status: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "STOPPING" | "STOPPED";
  readonly createdAt: number;
  startedAt?: number;
  endedAt?: number;
  readonly preferences: StackSetOperationPreferences;
  readonly retainStacks?: boolean;
  readonly organizationalUnitIds: readonly string[];
  readonly overrides?: Readonly<Record<string, string>>;
  /** Rounds: what is worked on at a time, one Region or all of them side by side. */
  readonly rounds: readonly (readonly OperationItem[])[];
  /** How many accounts it works on. */
  readonly accounts: number;
  /** Rounds that are done. */
  done: number;
  /** By `account/region`. */
  readonly results: Map<string, OperationResult>;
  /** Failures by Region. */
  readonly failures: Map<RegionName, number>;
}

/** A stack set. */
export interface StackSetRecord {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** The account in which it is; the management account when it is service-managed. */
  readonly owner: AccountId;
  readonly region: RegionName;
  readonly permissionModel: "SERVICE_MANAGED" | "SELF_MANAGED";
  description?: string;
  /** Key of the template's text. */
  template: string;
  parameters: Readonly<Record<string, string>>;
  capabilities: readonly string[];
  tags: Readonly<Record<string, string>>;
  autoDeployment?: { enabled: boolean; retain: boolean; dependsOn: readonly string[] };
  managedExecution: boolean;
  administrationRoleArn?: string;
  executionRoleName?: string;
  readonly createdAt: number;
  /** By `account/region`. */
  readonly instances: Map<string, InstanceRecord>;
  /** Regions of every target (root or organizational unit). */
  readonly targets: Map<string, RegionName[]>;
  /** The target under which automatic deployment last saw an account. */
  readonly seen: Map<AccountId, string>;
  /** Oldest first. */
  readonly operations: OperationRecord[];
  driftCheckedAt?: number;
}

/** What StackSets keeps of the world. */
export interface CloudformationState {
  /** By ARN. */
  readonly stackSets: Map<string, StackSetRecord>;
  /** Templates by digest of their text, for many stacks share one. */
  readonly templates: Map<string, { readonly text: string; readonly template: Template }>;
  /** Organizations whose access was activated. */
  readonly activated: Set<string>;
  /** ARNs of stack sets with unfinished operations. */
  readonly busy: Set<string>;
  /** Membership version up to which automatic deployments were considered. */
  membershipVersion: number;
}

/** StackSets of the whole world: most of it is about many accounts. */
export const stackSetsSlot: Slot<CloudformationState> = {
  name: "cloudformation",
  scope: "world",
  init: () => ({
    stackSets: new Map(),
    templates: new Map(),
    activated: new Set(),
    busy: new Set(),
    membershipVersion: -1,
  }),
};

const stacksSlot: Slot<{ byId: Map<string, StackRecord> }> = {
  name: "cloudformation-stacks",
  scope: "region",
  init: () => ({ byId: new Map() }),
};

/** The stacks of an account and Region, by id; deleted ones among them. */
export function stacksOf(
  world: World,
  account: AccountId,
  region: RegionName,
): Map<string, StackRecord> {
  return world.state(stacksSlot, account, region).byId;
}

/** Key of an instance and of an operation's result. */
export function instanceKey(account: AccountId, region: RegionName): string {
  return `${account}/${region}`;
}

/** An identifier in the form of a UUID. */
export function newUuid(world: World): string {
  return world
    .newId(32, "0123456789abcdef")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
