import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { JsonObject } from "../../core/json.ts";
import type { SettingName, SettingState } from "./state.ts";

type Reader = (aws: Aws, how: CallOptions) => Promise<SettingState>;

function setting(value: JsonObject, managedBy?: string): SettingState {
  return { value, ...(managedBy === "declarative-policy" ? { isDeclared: true } : {}) };
}

/** Reads a setting of an account in a Region with one call. Throw `AwsError`. */
export const readers: Readonly<Record<SettingName, Reader>> = {
  ebsEncryption: async (aws, how) => {
    const answer = await aws.call("ec2", "GetEbsEncryptionByDefault", {}, how);
    return setting({ EbsEncryptionByDefault: answer.EbsEncryptionByDefault === true });
  },
  ebsKey: async (aws, how) => {
    const { KmsKeyId = "" } = await aws.call("ec2", "GetEbsDefaultKmsKeyId", {}, how);
    return setting({ KmsKeyId });
  },
  instanceMetadata: async (aws, how) => {
    const { AccountLevel = {} } = await aws.call("ec2", "GetInstanceMetadataDefaults", {}, how);
    const { HttpTokens, HttpPutResponseHopLimit, ManagedBy } = AccountLevel;
    return setting(
      {
        HttpTokens: HttpTokens ?? "no-preference",
        HttpPutResponseHopLimit: HttpPutResponseHopLimit ?? -1,
      },
      ManagedBy,
    );
  },
  snapshots: async (aws, how) => {
    const answer = await aws.call("ec2", "GetSnapshotBlockPublicAccessState", {}, how);
    return setting({ State: answer.State ?? "unblocked" }, answer.ManagedBy);
  },
  images: async (aws, how) => {
    const answer = await aws.call("ec2", "GetImageBlockPublicAccessState", {}, how);
    const { ImageBlockPublicAccessState = "unblocked", ManagedBy } = answer;
    return setting({ ImageBlockPublicAccessState }, ManagedBy);
  },
  serialConsole: async (aws, how) => {
    const answer = await aws.call("ec2", "GetSerialConsoleAccessStatus", {}, how);
    const isEnabled = answer.SerialConsoleAccessEnabled === true;
    return setting({ SerialConsoleAccessEnabled: isEnabled }, answer.ManagedBy);
  },
  vpcInternetAccess: async (aws, how) => {
    const answer = await aws.call("ec2", "DescribeVpcBlockPublicAccessOptions", {}, how);
    const { InternetGatewayBlockMode = "off", ManagedBy } =
      answer.VpcBlockPublicAccessOptions ?? {};
    return setting({ InternetGatewayBlockMode }, ManagedBy);
  },
  allowedImages: async (aws, how) => {
    const answer = await aws.call("ec2", "GetAllowedImagesSettings", {}, how);
    const ImageCriteria = (answer.ImageCriteria ?? []).map((criterion) => ({
      ...(JSON.parse(JSON.stringify(criterion)) as JsonObject),
      ImageProviders: [...(criterion.ImageProviders ?? [])].sort(),
    }));
    return setting({ State: answer.State ?? "disabled", ImageCriteria }, answer.ManagedBy);
  },
};
