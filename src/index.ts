/**
 * orgrail as a library: the words that all parts share, the configuration, planning, reading and
 * applying, and the sandbox. The policy engine has its own entry, `orgrail/policy`.
 *
 * @packageDocumentation
 */

export type { Aws, AwsOptions, CallRecord } from "./aws/aws.ts";
export { AwsError, type AwsErrorKind } from "./aws/aws-error.ts";
export { createAws } from "./aws/create-aws.ts";
export { systemClock } from "./aws/system-clock.ts";
export { defaultOwnership, type LoadInput, type LoadResult, loadConfig } from "./config/load.ts";
export { AppError, type ExitCodeName, exitCodes, InputError } from "./core/app-error.ts";
export type { Clock } from "./core/clock.ts";
export {
  type Desired,
  type DesiredAccount,
  type DesiredAttachment,
  type DesiredDelegatedAdministrator,
  type DesiredOrganizationalUnit,
  type DesiredPolicy,
  type DesiredTarget,
  type OuPath,
  type Ownership,
  type OwnershipMode,
  ouPathKey,
} from "./core/desired.ts";
export {
  type Diagnostic,
  hasErrors,
  type Position,
  type Severity,
  type Span,
} from "./core/diagnostic.ts";
export type { AccountId, RegionName } from "./core/identifiers.ts";
export type { Json, JsonObject } from "./core/json.ts";
export type {
  Address,
  Change,
  ChangeAction,
  ForeignThing,
  Plan,
  Ref,
  Risk,
} from "./core/plan.ts";
export { type OrganizationPolicyType, organizationPolicyTypes } from "./core/policy-type.ts";
export type { Gap, GapKind, Read } from "./core/read.ts";
export type {
  AccountState,
  AlternateContact,
  OrganizationAccountState,
  OrganizationalUnitState,
  OrganizationState,
  PolicyState,
  Snapshot,
  Tags,
} from "./core/snapshot.ts";
export { type CollectOptions, collectOrganization } from "./engine/collect.ts";
export { filterPlan } from "./plan/filter-plan.ts";
export { plan } from "./plan/plan.ts";
export { type DecodedPlan, decodePlan, encodePlan } from "./plan/plan-file.ts";
export { renderDiagnostics } from "./report/diagnostics.ts";
export { readSnapshotFile, writeSnapshotFile } from "./store/snapshot-file.ts";
