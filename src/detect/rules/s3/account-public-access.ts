import { call } from "../../example/event.ts";
import { liftedBlocks } from "../../public-access-block.ts";
import { accountOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The block of public access of a whole account is lifted. */
export const accountPublicAccess: DetectRule = {
  id: "s3/account-public-access",
  title: "The account's block of public access to S3 is lifted",
  severity: "high",
  why: "It is the one switch that keeps every bucket of the account private whatever its own policy says.",
  remedy: "Put all four settings back, and deny `s3:PutAccountPublicAccessBlock` by an SCP.",
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  ],
  events: events("s3", "PutAccountPublicAccessBlock", "DeleteAccountPublicAccessBlock"),
  counts: "attempts",
  evaluate: (event, facts) => {
    const isDelete = event.eventName === "DeleteAccountPublicAccessBlock";
    const lifted = isDelete ? undefined : liftedBlocks(event);
    if (lifted?.length === 0) return undefined;
    const account = requestText(event, "accountId") ?? accountOf(event);
    return {
      verb: isDelete ? ["delete", "deleted"] : ["change", "changed"],
      object: `the block of public access to S3 of ${account === undefined ? "an account" : facts.target(account)}`,
      ...(lifted === undefined ? {} : { detail: `switched off: ${lifted.join(", ")}` }),
      ...(account === undefined ? {} : { resource: account }),
    };
  },
  example: {
    hit: [
      call("s3", "PutAccountPublicAccessBlock", {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: false,
          RestrictPublicBuckets: true,
        },
      }),
      call("s3", "DeleteAccountPublicAccessBlock", null),
    ],
    pass: [
      call("s3", "PutAccountPublicAccessBlock", {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    ],
  },
};
