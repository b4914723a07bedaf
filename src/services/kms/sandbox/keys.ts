import type {
  CancelKeyDeletionCommandInput,
  CancelKeyDeletionCommandOutput,
  CreateKeyCommandInput,
  CreateKeyCommandOutput,
  DescribeKeyCommandInput,
  DescribeKeyCommandOutput,
  DisableKeyCommandInput,
  DisableKeyCommandOutput,
  DisableKeyRotationCommandInput,
  DisableKeyRotationCommandOutput,
  EnableKeyCommandInput,
  EnableKeyCommandOutput,
  EnableKeyRotationCommandInput,
  EnableKeyRotationCommandOutput,
  GetKeyRotationStatusCommandInput,
  GetKeyRotationStatusCommandOutput,
  KeyMetadata,
  ListKeysCommandInput,
  ListKeysCommandOutput,
  ScheduleKeyDeletionCommandInput,
  ScheduleKeyDeletionCommandOutput,
  UpdateKeyDescriptionCommandInput,
  UpdateKeyDescriptionCommandOutput,
} from "@aws-sdk/client-kms";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { page } from "./page.ts";
import { defaultKeyPolicy, validKeyPolicy } from "./policies.ts";
import type { Served } from "./served.ts";
import { findKey, findUsableKey, type KeyRecord, kmsState } from "./state.ts";
import { addTags } from "./tags.ts";

const dayMs = 86_400_000;

const createKey: Served<CreateKeyCommandInput, CreateKeyCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const multiRegion = input.MultiRegion === true;
  const hex = world.newId(32, "0123456789abcdef");
  const id = multiRegion
    ? `mrk-${hex}`
    : hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const policy =
    input.Policy === undefined
      ? defaultKeyPolicy(caller.account)
      : validKeyPolicy(context, input.Policy, input.BypassPolicyLockoutSafetyCheck === true);
  const key: KeyRecord = {
    id,
    arn: `arn:aws:kms:${region}:${caller.account}:key/${id}`,
    account: caller.account,
    createdAt: world.clock.now(),
    description: input.Description ?? "",
    enabled: true,
    spec: input.KeySpec ?? "SYMMETRIC_DEFAULT",
    usage: input.KeyUsage ?? "ENCRYPT_DECRYPT",
    multiRegion,
    policy,
    tags: new Map(),
  };
  addTags(key, input.Tags);
  kmsState(world, caller.account, region).keys.set(id, key);
  return { KeyMetadata: metadata(key) };
};

const describeKey: Served<DescribeKeyCommandInput, DescribeKeyCommandOutput> = (
  context,
  input,
) => ({
  KeyMetadata: metadata(findKey(context, input.KeyId)),
});

const listKeys: Served<ListKeysCommandInput, ListKeysCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const { keys } = kmsState(world, caller.account, region);
  const { items, ...rest } = page([...keys.values()], input, 100);
  return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...rest };
};

const enableKey: Served<EnableKeyCommandInput, EnableKeyCommandOutput> = (context, input) => {
  ownKey(context, input.KeyId).enabled = true;
  return {};
};

const disableKey: Served<DisableKeyCommandInput, DisableKeyCommandOutput> = (context, input) => {
  ownKey(context, input.KeyId).enabled = false;
  return {};
};

const updateKeyDescription: Served<
  UpdateKeyDescriptionCommandInput,
  UpdateKeyDescriptionCommandOutput
> = (context, input) => {
  ownKey(context, input.KeyId).description = input.Description ?? "";
  return {};
};

const enableKeyRotation: Served<EnableKeyRotationCommandInput, EnableKeyRotationCommandOutput> = (
  context,
  input,
) => {
  const key = rotatable(ownKey(context, input.KeyId));
  const days = input.RotationPeriodInDays ?? key.rotationDays ?? 365;
  if (days < 90 || days > 2560) {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${days}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value between 90 and 2560`,
    );
  }
  if (!key.enabled) throw new ServiceError("DisabledException", `${key.arn} is disabled.`);
  key.rotationDays = days;
  return {};
};

const disableKeyRotation: Served<
  DisableKeyRotationCommandInput,
  DisableKeyRotationCommandOutput
> = (context, input) => {
  delete rotatable(ownKey(context, input.KeyId)).rotationDays;
  return {};
};

const getKeyRotationStatus: Served<
  GetKeyRotationStatusCommandInput,
  GetKeyRotationStatusCommandOutput
> = (context, input) => {
  const key = rotatable(findKey(context, input.KeyId));
  const { rotationDays: days } = key;
  return {
    KeyRotationEnabled: days !== undefined,
    KeyId: key.id,
    ...(days === undefined
      ? {}
      : {
          RotationPeriodInDays: days,
          NextRotationDate: new Date(key.createdAt + days * dayMs),
        }),
  };
};

const scheduleKeyDeletion: Served<
  ScheduleKeyDeletionCommandInput,
  ScheduleKeyDeletionCommandOutput
> = (context, input) => {
  const key = ownKey(context, input.KeyId);
  const days = input.PendingWindowInDays ?? 30;
  if (days < 7 || days > 30) {
    throw new ServiceError(
      "ValidationException",
      "1 validation error detected: Value at 'pendingWindowInDays' failed to satisfy constraint: Member must have value between 7 and 30",
    );
  }
  key.enabled = false;
  key.deletionAt = context.world.clock.now() + days * dayMs;
  return {
    KeyId: key.arn,
    DeletionDate: new Date(key.deletionAt),
    KeyState: "PendingDeletion",
    PendingWindowInDays: days,
  };
};

const cancelKeyDeletion: Served<CancelKeyDeletionCommandInput, CancelKeyDeletionCommandOutput> = (
  context,
  input,
) => {
  const key = findKey(context, input.KeyId);
  if (key.deletionAt === undefined) {
    throw new ServiceError("KMSInvalidStateException", `${key.arn} is not pending deletion.`);
  }
  // A key that was to be deleted comes back disabled.
  delete key.deletionAt;
  return { KeyId: key.arn };
};

/** Keys are managed in their own account only, by id or ARN. */
function ownKey(context: HandlerContext, name: string | undefined): KeyRecord {
  const key = findUsableKey(context, name);
  if (key.account === context.caller.account) return key;
  throw new ServiceError(
    "AccessDeniedException",
    `User: ${context.caller.arn} is not authorized to perform this operation on a key of another account`,
  );
}

function rotatable(key: KeyRecord): KeyRecord {
  if (key.spec === "SYMMETRIC_DEFAULT") return key;
  throw new ServiceError("UnsupportedOperationException", "You cannot rotate an asymmetric key.");
}

function metadata(key: KeyRecord): KeyMetadata {
  const state =
    key.deletionAt !== undefined ? "PendingDeletion" : key.enabled ? "Enabled" : "Disabled";
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: new Date(key.createdAt),
    Enabled: key.enabled,
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: state,
    Origin: "AWS_KMS",
    KeyManager: "CUSTOMER",
    CustomerMasterKeySpec: key.spec as "SYMMETRIC_DEFAULT",
    KeySpec: key.spec,
    ...(key.usage === "ENCRYPT_DECRYPT" && key.spec === "SYMMETRIC_DEFAULT"
      ? { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] }
      : {}),
    MultiRegion: key.multiRegion,
    ...(key.deletionAt === undefined ? {} : { DeletionDate: new Date(key.deletionAt) }),
  };
}

/** Operations on keys. */
export const keyHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateKey: createKey,
  DescribeKey: describeKey,
  ListKeys: listKeys,
  EnableKey: enableKey,
  DisableKey: disableKey,
  UpdateKeyDescription: updateKeyDescription,
  EnableKeyRotation: enableKeyRotation,
  DisableKeyRotation: disableKeyRotation,
  GetKeyRotationStatus: getKeyRotationStatus,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  CancelKeyDeletion: cancelKeyDeletion,
};
