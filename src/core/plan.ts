import type { Diagnostic, Span } from "./diagnostic.ts";
import type { AccountId, RegionName } from "./identifiers.ts";
import type { JsonObject } from "./json.ts";
import type { Gap } from "./read.ts";

/** What a change does to the thing that its address names. */
export const changeActions = [
  "create",
  "update",
  "delete",
  "move",
  "attach",
  "detach",
  "enable",
  "disable",
  "register",
  "deregister",
  "close",
] as const;

/** What a change does to the thing that its address names. */
export type ChangeAction = (typeof changeActions)[number];

/**
 * How much harm a change can do. `destructive` cannot be taken back (close, delete); `lockout` can
 * shut people or orgrail itself out and takes a typed confirmation; `protection` narrows what
 * guards an account.
 */
export const risks = ["none", "protection", "lockout", "destructive"] as const;

/** How much harm a change can do. */
export type Risk = (typeof risks)[number];

/**
 * The name of a thing in the configuration, by which plan, apply and journal speak of it:
 * `root`, `organizationalUnit:Workloads/Prod`, `account:Audit`,
 * `policy:SERVICE_CONTROL_POLICY/DenyLeave`, `attachment:SERVICE_CONTROL_POLICY/DenyLeave@account:Audit`,
 * `policyType:TAG_POLICY`, `trustedAccess:guardduty.amazonaws.com`,
 * `delegatedAdministrator:guardduty.amazonaws.com/Audit`, `resourcePolicy`.
 * A thing that is in AWS but not in the file is named by AWS's names in the same way.
 */
export type Address = string;

/** Stands in a change's `input`, `before` or `after` for an id that an earlier change gives. */
export interface Ref {
  readonly $ref: Address;
}

/** Whether a value is a {@link Ref}. */
export function isRef(value: unknown): value is Ref {
  return typeof value === "object" && value !== null && "$ref" in value;
}

/**
 * One write to AWS: exactly one API operation (for an asynchronous one, its request and its end).
 *
 * `before` and `after` are the *facet* of the world that the operation changes, in one form that
 * plan computes from a snapshot and apply reads again just before the write:
 *
 * | operation | facet (`null`: does not exist) |
 * |---|---|
 * | CreateOrganizationalUnit, DeleteOrganizationalUnit | `{ name, parentId }` |
 * | UpdateOrganizationalUnit | `{ name }` |
 * | CreateAccount | `{ email }`, lower case |
 * | MoveAccount | `{ parentId }` |
 * | CloseAccount | `{ state }` |
 * | CreatePolicy, DeletePolicy | `{ name, type }` |
 * | UpdatePolicy | `{ name, description, content }`, content as canonical JSON text |
 * | AttachPolicy, DetachPolicy | `{ attached: true }` |
 * | EnablePolicyType, DisablePolicyType | `{ enabled: true }` |
 * | EnableAWSServiceAccess, DisableAWSServiceAccess | `{ enabled: true }` |
 * | RegisterDelegatedAdministrator, DeregisterDelegatedAdministrator | `{ registered: true }` |
 * | PutResourcePolicy, DeleteResourcePolicy | `{ content }`, canonical JSON text |
 * | TagResource, UntagResource | `{ tags: { KEY: value or null } }` of the keys concerned |
 * | PutAlternateContact, DeleteAlternateContact | the contact |
 *
 * Before a write apply compares what it reads: equal to `after` means done already, equal to
 * `before` (whose digest is `fingerprint`) means go, anything else means the world has moved and
 * the change is refused.
 */
export interface Change {
  /** Unique within the plan and the same in every plan of the same difference. */
  readonly id: string;
  /** Folder under `services/`, such as `organizations`. */
  readonly service: string;
  /** The API operation, such as `AttachPolicy`. */
  readonly operation: string;
  /** The thing that a user sees changing; several changes may share one. */
  readonly address: Address;
  readonly action: ChangeAction;
  /** Input of the operation; a {@link Ref} where an id is not known yet. */
  readonly input: JsonObject;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** Why, in words: which line of the file asks for it, or which safety rule. */
  readonly reason: string;
  readonly span?: Span;
  /** Ids of changes that must be done first. */
  readonly dependsOn: readonly string[];
  readonly risk: Risk;
  /** SHA-256 of `before`. */
  readonly fingerprint: string;
  /** The account that the change concerns, when it concerns one. */
  readonly account?: AccountId;
  /**
   * The account in which the operation is called, entered by a role; the caller's own when absent.
   * A {@link Ref} while the account does not exist.
   */
  readonly workIn?: AccountId | Ref;
  /** The Region in which the operation is called; the service's global one when absent. */
  readonly region?: RegionName;
}

/** Something that is in AWS and not in the file: shown and counted, never touched. */
export interface ForeignThing {
  readonly address: Address;
  readonly id: string;
  readonly note?: string;
}

/**
 * The whole truth of an apply: changes in the order in which they are made, as plain data.
 * INVARIANT: every `dependsOn` and every {@link Ref} points to an earlier change or to `ids`.
 */
export interface Plan {
  readonly schemaVersion: 1;
  readonly organizationId: string;
  readonly managementAccountId: AccountId;
  /** Digest of the desired state that it was computed from. */
  readonly configDigest: string;
  /** When the snapshot was taken that it was computed from; ISO 8601. */
  readonly snapshotTakenAt: string;
  readonly changes: readonly Change[];
  /** Physical ids of the things that exist, by address. */
  readonly ids: Readonly<Record<Address, string>>;
  /** Names to show beside ids: of accounts, organizational units, policies and the root. */
  readonly names: Readonly<Record<string, string>>;
  readonly foreign: readonly ForeignThing[];
  /** How many things were compared and found as the file wants them. */
  readonly unchanged: number;
  /** Errors make the plan inapplicable; warnings are shown. */
  readonly diagnostics: readonly Diagnostic[];
  /** Reads that failed; what rests on them is not planned. */
  readonly gaps: readonly Gap[];
}
