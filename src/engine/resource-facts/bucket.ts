import type { LayerControl } from "../../layers/control.ts";
import { type AskContext, ask, plain } from "./ask.ts";
import { analyzerFindings } from "./findings.ts";

/** What a bucket says of itself. */
export function bucketFacts(context: AskContext): readonly Promise<LayerControl>[] {
  const { aws, how, name: Bucket } = context;
  return [
    ask(
      ["public-access-block", "Public access block of the bucket", "s3:GetPublicAccessBlock"],
      async () => {
        const answer = await aws.call("s3", "GetPublicAccessBlock", { Bucket }, how);
        const block = answer.PublicAccessBlockConfiguration ?? {};
        const open = Object.entries(block).filter(([, value]) => value !== true);
        const all = Object.keys(block).length === 4 && open.length === 0;
        return {
          state: all ? "on" : "partial",
          reason: all ? "all four settings" : `off: ${open.map(([key]) => key).join(", ")}`,
          value: plain(block),
        };
      },
      {
        NoSuchPublicAccessBlockConfiguration: {
          state: "off",
          reason: "the bucket has none of its own; the account's may hold",
        },
      },
    ),
    ask(
      ["bucket-policy", "Bucket policy", "s3:GetBucketPolicyStatus"],
      async () => {
        const answer = await aws.call("s3", "GetBucketPolicyStatus", { Bucket }, how);
        const isPublic = answer.PolicyStatus?.IsPublic === true;
        return {
          state: isPublic ? "off" : "on",
          reason: isPublic ? "it makes the bucket public" : "it is not public",
          value: plain(answer.PolicyStatus),
        };
      },
      { NoSuchBucketPolicy: { state: "on", reason: "there is none: it lets nobody in" } },
    ),
    ask(["encryption", "Default encryption", "s3:GetBucketEncryption"], async () => {
      const answer = await aws.call("s3", "GetBucketEncryption", { Bucket }, how);
      const [rule] = answer.ServerSideEncryptionConfiguration?.Rules ?? [];
      const algorithm = rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
      return {
        state: algorithm === undefined ? "unknown" : "on",
        reason: algorithm === undefined ? "AWS names no algorithm" : algorithm,
        value: plain(rule),
      };
    }),
    ask(["versioning", "Versioning", "s3:GetBucketVersioning"], async () => {
      const answer = await aws.call("s3", "GetBucketVersioning", { Bucket }, how);
      const status = answer.Status ?? "never enabled";
      return {
        state: status === "Enabled" ? "on" : "off",
        reason: status,
        value: plain({ Status: answer.Status, MFADelete: answer.MFADelete }),
      };
    }),
    analyzerFindings(context),
  ];
}
