import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** A permission set as it was read. Members after `relayState` are absent when they were not read. */
export interface PermissionSetState {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly sessionDuration?: string;
  readonly relayState?: string;
  /** ARNs. */
  readonly managedPolicies?: readonly string[];
  readonly customerPolicies?: readonly { readonly name: string; readonly path: string }[];
  /** Text; empty when there is none. */
  readonly inlinePolicy?: string;
  /** `null`: there is none. */
  readonly boundary?: JsonObject | null;
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether it is in any account. */
  readonly isProvisioned?: boolean;
  /** Whether an account has an older version of it. */
  readonly isOutdated?: boolean;
}

/** An assignment; `principal` is `GROUP ID` or `USER ID`. */
export interface AssignmentState {
  readonly account: AccountId;
  readonly permissionSetArn: string;
  readonly principal: string;
}

/** What was read of IAM Identity Center. */
export interface IdentityCenterState {
  /** `null`: there is none in the Regions that were asked; absent: not read. */
  readonly instance?: {
    readonly arn: string;
    readonly identityStoreId: string;
    readonly region: RegionName;
  } | null;
  /** The Regions that were asked for the instance. */
  readonly asked: readonly RegionName[];
  /** Absent: not all were read, so that one that lacks here may be there. */
  readonly permissionSets?: readonly PermissionSetState[];
  /** ARNs of the sets that the management account has; absent: not read. */
  readonly inManagementAccount?: readonly string[];
  /** Ids by `GROUP NAME` and `USER NAME` of the file; `null`: there is none; absent: not read. */
  readonly principals: Readonly<Record<string, string | null>>;
  /** Names by `GROUP ID` and `USER ID`, as far as they were asked. */
  readonly names: Readonly<Record<string, string>>;
  /** Assignments of principals of the file, by `GROUP ID` and `USER ID`; absent: not read. */
  readonly ofPrincipals: Readonly<Record<string, readonly AssignmentState[]>>;
  /** All assignments of permission sets, by ARN, where they had to be known; absent: not read. */
  readonly ofSets: Readonly<Record<string, readonly AssignmentState[]>>;
  /** Of sets in `ofSets`, by ARN: accounts that have the set though nobody is assigned to it there. */
  readonly withoutAssignments?: Readonly<Record<string, readonly AccountId[]>>;
}
