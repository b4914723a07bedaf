import type { CallOptions } from "../../aws/aws.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { batchFacet, idsOf, isSame, sameMembers } from "../kit/batches.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, PartFailure, ResolvedChange } from "../service.ts";
import { listChanges, publishingChanges } from "./apply-extras.ts";
import { type AutoEnable, readFlags, readSettings } from "./features.ts";
import { isAssociated } from "./plan-removal.ts";

/** What AWS may answer while an administrator that was just designated is not known everywhere. */
const notYet: readonly string[] = ["BadRequestException"];

/** The changes of Amazon GuardDuty, by operation. */
export const guardDutyChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateDetector: changeHandler("guardduty", "CreateDetector", {
    observe: observeDetector,
    idOf: ({ DetectorId }) => DetectorId,
  }),
  UpdateDetector: changeHandler("guardduty", "UpdateDetector", { observe: observeDetector }),
  EnableOrganizationAdminAccount: changeHandler("guardduty", "EnableOrganizationAdminAccount", {
    observe: observeAdministrator,
    eventual: notYet,
  }),
  DisableOrganizationAdminAccount: changeHandler("guardduty", "DisableOrganizationAdminAccount", {
    observe: observeAdministrator,
  }),
  UpdateOrganizationConfiguration: changeHandler("guardduty", "UpdateOrganizationConfiguration", {
    observe: observeConfiguration,
    eventual: notYet,
  }),
  CreateMembers: changeHandler("guardduty", "CreateMembers", {
    observe: observeMembers((relationship) => relationship === "Enabled"),
    failures: failuresOf,
    eventual: notYet,
  }),
  StartMonitoringMembers: changeHandler("guardduty", "StartMonitoringMembers", {
    observe: observeMembers((relationship) => relationship === "Enabled"),
    failures: failuresOf,
  }),
  StopMonitoringMembers: changeHandler("guardduty", "StopMonitoringMembers", {
    observe: observeMembers((relationship) => relationship === "Enabled"),
    failures: failuresOf,
  }),
  DisassociateMembers: changeHandler("guardduty", "DisassociateMembers", {
    observe: observeMembers(isAssociated),
    failures: failuresOf,
  }),
  DeleteMembers: changeHandler("guardduty", "DeleteMembers", {
    observe: observeMembers(() => true),
    failures: failuresOf,
  }),
  UpdateMemberDetectors: changeHandler("guardduty", "UpdateMemberDetectors", {
    observe: observeMemberFeatures,
    failures: failuresOf,
  }),
  ...publishingChanges,
  ...listChanges,
};

async function observeDetector(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<{ facet: JsonObject | null; id?: string }> {
  const { DetectorIds = [] } = await aws.call("guardduty", "ListDetectors", {}, how);
  const [id] = DetectorIds;
  if (id === undefined) return { facet: null };
  const read = await aws.call("guardduty", "GetDetector", { DetectorId: id }, how);
  const seen = {
    enabled: read.Status === "ENABLED",
    frequency: read.FindingPublishingFrequency ?? "",
    features: readFlags(read.Features),
  };
  return { facet: sameMembers(change.after, seen), id };
}

async function observeAdministrator(
  { aws }: ApplyContext,
  _change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const { AdminAccounts = [] } = await aws.call(
    "guardduty",
    "ListOrganizationAdminAccounts",
    {},
    how,
  );
  const administrator = AdminAccounts[0]?.AdminAccountId;
  return administrator === undefined ? null : { administrator };
}

async function observeConfiguration(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const read = await aws.call(
    "guardduty",
    "DescribeOrganizationConfiguration",
    { DetectorId: String(change.input.DetectorId) },
    { ...how, eventual: notYet },
  );
  const seen = sameMembers(change.after, {
    autoEnable: read.AutoEnableOrganizationMembers ?? "",
    features: readSettings(read.Features, ({ AutoEnable }) => AutoEnable as AutoEnable),
  });
  // The configuration that AWS gives to an administrator when it is designated counts as none.
  return change.before === null && !isSame(seen, change.after) ? null : seen;
}

function observeMembers(
  counts: (relationship: string) => boolean,
): (context: ApplyContext, change: ResolvedChange, how: CallOptions) => Promise<JsonObject | null> {
  return async ({ aws }, change, how) => {
    const AccountIds = [...idsOf(change.before, "members"), ...idsOf(change.after, "members")];
    const input = { DetectorId: String(change.input.DetectorId), AccountIds };
    const { Members = [] } = await aws.call("guardduty", "GetMembers", input, {
      ...how,
      eventual: notYet,
    });
    const found = new Set(
      Members.filter(({ RelationshipStatus }) => counts(RelationshipStatus ?? "")).map(
        ({ AccountId }) => AccountId,
      ),
    );
    return batchFacet(change, "members", (id) => found.has(id));
  };
}

async function observeMemberFeatures(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const AccountIds = [...idsOf(change.after, "accounts")];
  const input = { DetectorId: String(change.input.DetectorId), AccountIds };
  const read = await aws.call("guardduty", "GetMemberDetectors", input, how);
  const wanted = change.after?.features ?? null;
  const found = new Map(
    (read.MemberDataSourceConfigurations ?? []).map((one): [string, Json] => [
      one.AccountId ?? "",
      readFlags(one.Features),
    ]),
  );
  const isDone = AccountIds.every((id) => {
    const seen = found.get(id);
    return isObject(seen) && isObject(wanted) && isSame(sameMembers(wanted, seen), wanted);
  });
  return isDone ? change.after : change.before;
}

function failuresOf({
  UnprocessedAccounts,
}: {
  readonly UnprocessedAccounts?:
    | readonly { readonly AccountId?: string | undefined; readonly Result?: string | undefined }[]
    | undefined;
}): readonly PartFailure[] {
  return (UnprocessedAccounts ?? []).map(({ AccountId, Result }) => ({
    ...(AccountId === undefined ? {} : { account: AccountId }),
    message: Result ?? "AWS gives no reason",
  }));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
