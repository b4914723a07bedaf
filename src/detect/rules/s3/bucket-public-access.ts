import { call } from "../../example/event.ts";
import { liftedBlocks } from "../../public-access-block.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The block of public access of one bucket is lifted. */
export const bucketPublicAccess: DetectRule = {
  id: "s3/bucket-public-access",
  title: "A bucket's block of public access is lifted",
  severity: "medium",
  why: "The next call can make the bucket public.",
  remedy: "Put all four settings back, unless the bucket is meant for everybody.",
  sources: ["https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html"],
  events: events("s3", "PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock"),
  counts: "success",
  evaluate: (event) => {
    const isDelete = event.eventName === "DeleteBucketPublicAccessBlock";
    const lifted = isDelete ? undefined : liftedBlocks(event);
    if (lifted?.length === 0) return undefined;
    const name = requestText(event, "bucketName");
    return {
      verb: isDelete ? ["delete", "deleted"] : ["change", "changed"],
      object: `the block of public access of ${name === undefined ? "a bucket" : `the bucket \`${name}\``}`,
      ...(lifted === undefined ? {} : { detail: `switched off: ${lifted.join(", ")}` }),
      ...(name === undefined ? {} : { resource: `arn:aws:s3:::${name}` }),
    };
  },
  example: {
    hit: [
      call("s3", "DeleteBucketPublicAccessBlock", { bucketName: "acme-cache" }),
      call("s3", "PutBucketPublicAccessBlock", {
        bucketName: "acme-cache",
        PublicAccessBlockConfiguration: { BlockPublicAcls: false },
      }),
    ],
    pass: [
      call("s3", "PutBucketPublicAccessBlock", {
        bucketName: "acme-cache",
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: "true",
          IgnorePublicAcls: "true",
          BlockPublicPolicy: "true",
          RestrictPublicBuckets: "true",
        },
      }),
    ],
  },
};
