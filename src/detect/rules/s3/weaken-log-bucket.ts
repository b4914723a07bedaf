import { call, example } from "../../example/event.ts";
import { logBucket } from "../../log-bucket.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  PutBucketPolicy: ["change", "changed", "the policy of"],
  DeleteBucketPolicy: ["delete", "deleted", "the policy of"],
  DeleteBucket: ["delete", "deleted", ""],
  PutBucketVersioning: ["suspend", "suspended", "the versioning of"],
  PutBucketOwnershipControls: ["change", "changed", "the object ownership of"],
  DeleteBucketEncryption: ["delete", "deleted", "the encryption of"],
  PutBucketReplication: ["change", "changed", "the replication of"],
  DeleteBucketReplication: ["delete", "deleted", "the replication of"],
  // As the API calls it, and as CloudTrail does.
  PutObjectLockConfiguration: ["change", "changed", "the Object Lock of"],
  PutBucketObjectLockConfiguration: ["change", "changed", "the Object Lock of"],
};

/** A bucket that holds logs is deleted, opened or weakened. */
export const weakenLogBucket: DetectRule = {
  id: "s3/weaken-log-bucket",
  title: "A log bucket is changed",
  severity: "critical",
  levels:
    "Where nobody says which buckets hold logs: critical for names that say so, low for others.",
  why: "Without its policy CloudTrail can no longer write; without versioning what is written can be deleted for good.",
  remedy: "Restore the bucket's policy and versioning, and check the trail's last delivery.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
  ],
  events: events("s3", ...Object.keys(verbs)),
  counts: "attempts",
  evaluate: (event, facts) => {
    const [infinitive, past, part] = verbs[event.eventName ?? ""] ?? ["change", "changed", ""];
    const isVersioning = event.eventName === "PutBucketVersioning";
    if (isVersioning && requestText(event, "VersioningConfiguration", "Status") === "Enabled") {
      return undefined;
    }
    const name = requestText(event, "bucketName");
    const answer = logBucket(name, facts, "critical");
    if (answer === undefined) return undefined;
    return {
      severity: answer.severity,
      verb: [infinitive, past],
      object: `${part} ${answer.words}`.trimStart(),
      ...(name === undefined ? {} : { resource: `arn:aws:s3:::${name}` }),
      unknown: answer.unknown,
    };
  },
  example: {
    hit: [
      call("s3", "PutBucketObjectLockConfiguration", { bucketName: example.logBucket }),
      call("s3", "DeleteBucketPolicy", { bucketName: example.logBucket }),
      call("s3", "DeleteBucket", { bucketName: example.logBucket }),
      call("s3", "PutBucketVersioning", {
        bucketName: example.logBucket,
        VersioningConfiguration: { Status: "Suspended" },
      }),
    ],
    pass: [
      call("s3", "DeleteBucket", { bucketName: "acme-cache" }),
      call("s3", "PutBucketVersioning", {
        bucketName: example.logBucket,
        VersioningConfiguration: { Status: "Enabled" },
      }),
    ],
  },
};
