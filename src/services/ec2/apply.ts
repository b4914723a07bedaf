import type { CallOptions } from "../../aws/aws.ts";
import type { Operation } from "../../aws/operations.ts";
import { sameMembers } from "../kit/batches.ts";
import { changeHandler, waitUntil } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";
import { readers } from "./reads.ts";
import type { SettingName } from "./state.ts";

/** By operation: the setting that it changes. */
const operations = {
  DisableAllowedImagesSettings: "allowedImages",
  DisableEbsEncryptionByDefault: "ebsEncryption",
  DisableSerialConsoleAccess: "serialConsole",
  DisableSnapshotBlockPublicAccess: "snapshots",
  EnableAllowedImagesSettings: "allowedImages",
  EnableEbsEncryptionByDefault: "ebsEncryption",
  EnableImageBlockPublicAccess: "images",
  EnableSerialConsoleAccess: "serialConsole",
  EnableSnapshotBlockPublicAccess: "snapshots",
  ModifyEbsDefaultKmsKeyId: "ebsKey",
  ModifyInstanceMetadataDefaults: "instanceMetadata",
  ModifyVpcBlockPublicAccessOptions: "vpcInternetAccess",
  ReplaceImageCriteriaInAllowedImagesSettings: "allowedImages",
} as const satisfies Partial<Record<Operation<"ec2">, SettingName>>;

/** AWS changes the gateways of a Region one after the other. */
const gatewayLimits = { everyMs: 30_000, atMostMs: 30 * 60_000 };

function untilGatewaysFollow(
  context: ApplyContext,
  change: ResolvedChange,
  _: unknown,
  how: CallOptions,
): Promise<void> {
  return waitUntil(
    context,
    change,
    async () => {
      const answer = await context.aws.call("ec2", "DescribeVpcBlockPublicAccessOptions", {}, how);
      return answer.VpcBlockPublicAccessOptions?.State !== "update-in-progress";
    },
    gatewayLimits,
  );
}

/** IAM actions of the writes. */
export const ec2Writes: readonly string[] = Object.keys(operations).map((name) => `ec2:${name}`);

/** The changes of Amazon EC2: the facet is the members of the setting that the change names. */
export const ec2Changes: Readonly<Record<string, ChangeHandler>> = Object.fromEntries(
  Object.entries(operations).map(([operation, name]) => [
    operation,
    changeHandler("ec2", operation as keyof typeof operations, {
      observe: async ({ aws }, { after }, how) =>
        sameMembers(after, (await readers[name](aws, how)).value),
      ...(name === "vpcInternetAccess" ? { settle: untilGatewaysFollow } : {}),
    }),
  ]),
);
