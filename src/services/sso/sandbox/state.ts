import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Handler } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** A handler of an SDK command: its input to its output without metadata. */
export type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** A customer managed policy, by the name that it has in every account. */
export interface PolicyReference {
  readonly name: string;
  readonly path: string;
}

/** A permission set in one account. */
export interface Provisioned {
  /** The version of the permission set that the account's role has. */
  version: number;
  readonly roleName: string;
  /** `GROUP ID` or `USER ID`. */
  readonly principals: Set<string>;
}

/** A permission set. */
export interface PermissionSetRecord {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  description?: string;
  sessionDuration: string;
  relayState?: string;
  /** ARNs of AWS managed policies. */
  readonly managedPolicies: Set<string>;
  /** By path and name together. */
  readonly customerPolicies: Map<string, PolicyReference>;
  inlinePolicy?: string;
  boundary?: { readonly managedPolicyArn: string } | { readonly reference: PolicyReference };
  readonly tags: Map<string, string>;
  /** Grows with each change; a role of an older version is outdated. */
  version: number;
  readonly accounts: Map<AccountId, Provisioned>;
}

/** An asynchronous request. */
export interface RequestRecord {
  readonly id: string;
  readonly kind: "CREATE" | "DELETE" | "PROVISION";
  readonly permissionSetArn: string;
  /** Absent: all accounts that have the permission set. */
  readonly account?: AccountId;
  /** `GROUP ID` or `USER ID`; for assignments. */
  readonly principal?: string;
  readonly createdAt: number;
  readonly doneAt: number;
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  failureReason?: string;
}

/** An instance of IAM Identity Center. */
export interface InstanceRecord {
  readonly arn: string;
  /** `ssoins-` and sixteen characters. */
  readonly id: string;
  readonly identityStoreId: string;
  readonly ownerAccount: AccountId;
  readonly region: RegionName;
  readonly kind: "organization" | "account";
  readonly createdAt: number;
  name?: string;
  readonly tags: Map<string, string>;
  readonly permissionSets: Map<string, PermissionSetRecord>;
  /** By principal: `ACCOUNT ARN` of each assignment. */
  readonly assignments: Map<string, Set<string>>;
  readonly requests: Map<string, RequestRecord>;
  /** Ids of requests in progress, oldest first. */
  readonly open: Set<string>;
}

const slot: Slot<{ byArn: Map<string, InstanceRecord> }> = {
  name: "sso",
  scope: "world",
  init: () => ({ byArn: new Map() }),
};

/** All instances, by ARN. */
export function allInstances(world: World): Map<string, InstanceRecord> {
  return world.state(slot).byArn;
}
