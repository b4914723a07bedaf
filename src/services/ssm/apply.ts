import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { JsonObject } from "../../core/json.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { sameMembers } from "../kit/batches.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";
import { patchPolicyChanges } from "./apply-patch-policies.ts";
import { readRole } from "./collect.ts";
import { readContent, settingValue, sourceFacet } from "./facets.ts";

const MaxResults = systemsManagerFacts.pageSizes.patchBaselines;

/** The changes of Systems Manager, by operation. */
export const systemsManagerChanges: Readonly<Record<string, ChangeHandler>> = {
  UpdateServiceSetting: changeHandler("ssm", "UpdateServiceSetting", {
    observe: observeSetting,
    // A role that was just made is not known everywhere at once.
    eventual: ["TooManyUpdates", "ValidationException"],
  }),
  ResetServiceSetting: changeHandler("ssm", "ResetServiceSetting", {
    observe: observeSetting,
    eventual: ["TooManyUpdates"],
  }),
  CreateRole: changeHandler("iam", "CreateRole", {
    observe: async ({ aws }, { input }, how) => {
      const role = await readRole({ aws }, String(input.RoleName), how);
      return role.exists ? { exists: true } : null;
    },
    already: ["EntityAlreadyExistsException", "EntityAlreadyExists"],
  }),
  AttachRolePolicy: changeHandler("iam", "AttachRolePolicy", {
    observe: async ({ aws }, { input }, how) => {
      const role = await readRole({ aws }, String(input.RoleName), how);
      return { hasPolicy: role.hasPolicy };
    },
    eventual: ["NoSuchEntityException", "NoSuchEntity"],
  }),
  CreatePatchBaseline: changeHandler("ssm", "CreatePatchBaseline", {
    observe: observeByName,
    idOf: ({ BaselineId }) => BaselineId,
  }),
  UpdatePatchBaseline: changeHandler("ssm", "UpdatePatchBaseline", {
    observe: async (context, change, how) => {
      const read = await readBaseline(context, change, how);
      return read === null ? null : sameMembers(change.after, readContent(read));
    },
  }),
  DeletePatchBaseline: changeHandler("ssm", "DeletePatchBaseline", {
    observe: async (context, change, how) => {
      const read = await readBaseline(context, change, how);
      if (read === null) return null;
      return { name: read.Name ?? "", operatingSystem: read.OperatingSystem ?? "" };
    },
    eventual: ["ResourceInUseException"],
  }),
  RegisterDefaultPatchBaseline: changeHandler("ssm", "RegisterDefaultPatchBaseline", {
    observe: observeDefault,
    eventual: ["DoesNotExistException"],
  }),
  RegisterPatchBaselineForPatchGroup: changeHandler("ssm", "RegisterPatchBaselineForPatchGroup", {
    observe: observeGroup,
    eventual: ["DoesNotExistException"],
    already: ["AlreadyExistsException"],
  }),
  DeregisterPatchBaselineForPatchGroup: changeHandler(
    "ssm",
    "DeregisterPatchBaselineForPatchGroup",
    { observe: observeGroup },
  ),
  CreateResourceDataSync: changeHandler("ssm", "CreateResourceDataSync", {
    observe: observeSync,
    // Trusted access and the administrator that were just made are not known everywhere at once.
    eventual: ["ResourceDataSyncInvalidConfigurationException"],
    already: ["ResourceDataSyncAlreadyExistsException"],
  }),
  UpdateResourceDataSync: changeHandler("ssm", "UpdateResourceDataSync", {
    observe: observeSync,
    eventual: ["ResourceDataSyncConflictException"],
  }),
  ...patchPolicyChanges,
  DeleteResourceDataSync: changeHandler("ssm", "DeleteResourceDataSync", {
    observe: observeSync,
    already: ["ResourceDataSyncNotFoundException"],
  }),
};

async function observeSetting(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject> {
  const SettingId = String(input.SettingId);
  const answer = await aws.call("ssm", "GetServiceSetting", { SettingId }, how);
  return { value: settingValue(answer.ServiceSetting?.SettingValue) };
}

async function readBaseline(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<{
  readonly Name?: string | undefined;
  readonly OperatingSystem?: string | undefined;
  readonly PatchGroups?: readonly string[] | undefined;
} | null> {
  const BaselineId = String(input.BaselineId);
  try {
    return await aws.call("ssm", "GetPatchBaseline", { BaselineId }, how);
  } catch (error) {
    const code = error instanceof AwsError ? error.details.awsCode : undefined;
    if (code === "DoesNotExistException") return null;
    throw error;
  }
}

/** AWS takes two patch baselines of one name; ours is looked for before it is made. */
async function observeByName(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<Observation> {
  const name = String(input.Name);
  const operatingSystem = String(input.OperatingSystem);
  const Filters = [
    { Key: "OWNER", Values: ["Self"] },
    { Key: "NAME_PREFIX", Values: [name] },
  ];
  for await (const page of aws.pages(
    "ssm",
    "DescribePatchBaselines",
    { Filters, MaxResults },
    how,
  )) {
    const found = page.BaselineIdentities?.find(
      (one) => one.BaselineName === name && one.OperatingSystem === operatingSystem,
    );
    if (found?.BaselineId !== undefined) {
      return { facet: { name, operatingSystem }, id: found.BaselineId };
    }
  }
  return { facet: null };
}

/** Whether a patch baseline is the default of its operating system, which it knows itself. */
async function observeDefault(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const baseline = await readBaseline(context, change, how);
  if (baseline === null) return null;
  const OperatingSystem = baseline.OperatingSystem as "WINDOWS";
  const answer = await context.aws.call("ssm", "GetDefaultPatchBaseline", { OperatingSystem }, how);
  return answer.BaselineId === change.input.BaselineId ? { isDefault: true } : null;
}

async function observeGroup(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const pages = context.aws.pages("ssm", "DescribePatchGroups", { MaxResults }, how);
  const { BaselineId, PatchGroup } = change.input;
  for await (const page of pages) {
    const has = page.Mappings?.some(
      (one) => one.PatchGroup === PatchGroup && one.BaselineIdentity?.BaselineId === BaselineId,
    );
    if (has) return { registered: true };
  }
  return null;
}

async function observeSync(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const asked = {
    SyncType: "SyncFromSource",
    MaxResults: systemsManagerFacts.pageSizes.resourceDataSyncs,
  };
  for await (const page of aws.pages("ssm", "ListResourceDataSync", asked, how)) {
    const found = page.ResourceDataSyncItems?.find(({ SyncName }) => SyncName === input.SyncName);
    if (found !== undefined) return { source: sourceFacet(found.SyncSource as never) };
  }
  return null;
}
