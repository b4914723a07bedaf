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
export type {
  ImportInput,
  ImportResult,
} from "./config/import/importing.ts";
export { importLza } from "./config/import/lza/import-lza.ts";
export {
  importOrgFormation,
  type OrgFormationInput,
} from "./config/import/org-formation/import-org-formation.ts";
export { defaultOwnership, type LoadInput, type LoadResult, loadConfig } from "./config/load.ts";
export { type WriteOptions, type WriteResult, writeConfig } from "./config/write.ts";
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
export { type ApplyOptions, applyPlan } from "./engine/apply.ts";
export {
  type ApplyProgress,
  type ApplyReport,
  type ChangeOutcome,
  type OutcomeStatus,
  outcomeStatuses,
} from "./engine/apply-report.ts";
export { type CollectOptions, collectOrganization } from "./engine/collect.ts";
export { type DiagnoseOptions, diagnose } from "./engine/diagnose.ts";
export type { Check, CheckStatus } from "./engine/diagnosis.ts";
export { filterPlan } from "./plan/filter-plan.ts";
export { plan } from "./plan/plan.ts";
export { type DecodedPlan, decodePlan, encodePlan } from "./plan/plan-file.ts";
export { type RenderOptions, renderDiagnostics } from "./report/diagnostics.ts";
export { type PlanTextOptions, renderPlan } from "./report/plan-text.ts";
export { type ExampleName, openExample } from "./services/open-example.ts";
export { type OpenSandboxOptions, openSandbox, type Sandbox } from "./services/open-sandbox.ts";
export { type FileLockOptions, fileLock } from "./store/file-lock.ts";
export { createJournal, type Journal, resumeJournal } from "./store/journal.ts";
export { fileStorage, type JournalStorage, memoryStorage } from "./store/journal-storage.ts";
export type { HeldLock, Lock } from "./store/lock.ts";
export { readSnapshotFile, writeSnapshotFile } from "./store/snapshot-file.ts";
