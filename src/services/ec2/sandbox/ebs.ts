import type {
  DisableEbsEncryptionByDefaultCommandOutput,
  EnableEbsEncryptionByDefaultCommandOutput,
  GetEbsDefaultKmsKeyIdCommandOutput,
  GetEbsEncryptionByDefaultCommandOutput,
  ModifyEbsDefaultKmsKeyIdCommandInput,
  ModifyEbsDefaultKmsKeyIdCommandOutput,
  ResetEbsDefaultKmsKeyIdCommandOutput,
} from "@aws-sdk/client-ec2";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { lookUpKey } from "../../kit/sandbox-storage.ts";
import { ownState, type Served } from "./state.ts";

const getEncryption: Served<object, GetEbsEncryptionByDefaultCommandOutput> = (context) => {
  const { encryptsByDefault = false } = ownState(context);
  return {
    EbsEncryptionByDefault: encryptsByDefault,
    SseType: encryptsByDefault ? "sse-kms" : "none",
  };
};

const enableEncryption: Served<object, EnableEbsEncryptionByDefaultCommandOutput> = (context) => {
  ownState(context).encryptsByDefault = true;
  return { EbsEncryptionByDefault: true };
};

const disableEncryption: Served<object, DisableEbsEncryptionByDefaultCommandOutput> = (context) => {
  ownState(context).encryptsByDefault = false;
  return { EbsEncryptionByDefault: false };
};

const getKey: Served<object, GetEbsDefaultKmsKeyIdCommandOutput> = (context) => ({
  KmsKeyId: keyOf(context),
});

const modifyKey: Served<
  ModifyEbsDefaultKmsKeyIdCommandInput,
  ModifyEbsDefaultKmsKeyIdCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const name = input.KmsKeyId ?? "";
  const key = lookUpKey(world, caller.account, region, name);
  if (key === undefined) {
    throw new ServiceError(
      "InvalidKmsKey.NotFound",
      `The specified KMS key ${name} does not exist, or you do not have permission to use it.`,
    );
  }
  ownState(context).defaultKey = key.arn;
  return { KmsKeyId: key.arn };
};

const resetKey: Served<object, ResetEbsDefaultKmsKeyIdCommandOutput> = (context) => {
  delete ownState(context).defaultKey;
  return { KmsKeyId: keyOf(context) };
};

function keyOf(context: HandlerContext): string {
  const { caller, region } = context;
  return ownState(context).defaultKey ?? `arn:aws:kms:${region}:${caller.account}:alias/aws/ebs`;
}

/** Operations on the encryption of new EBS volumes. */
export const ebsHandlers: Readonly<Record<string, AnyHandler>> = {
  DisableEbsEncryptionByDefault: disableEncryption,
  EnableEbsEncryptionByDefault: enableEncryption,
  GetEbsDefaultKmsKeyId: getKey,
  GetEbsEncryptionByDefault: getEncryption,
  ModifyEbsDefaultKmsKeyId: modifyKey,
  ResetEbsDefaultKmsKeyId: resetKey,
};
