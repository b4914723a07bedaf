import { call, example } from "../../example/event.ts";
import { request, requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

const flags: readonly (readonly [parameter: string, words: string])[] = [
  ["isOrganizationTrail", "it is no organization trail any more"],
  ["isMultiRegionTrail", "it logs one Region only"],
  ["includeGlobalServiceEvents", "it leaves out global services such as IAM"],
  ["enableLogFileValidation", "its files are no longer signed"],
];

/** A trail is changed; what it loses is read from the event. */
export const updateTrail: DetectRule = {
  id: "cloudtrail/update-trail",
  title: "A trail is changed",
  severity: "high",
  levels: "Low when nothing that guards is switched off and neither bucket nor key changes.",
  why: "A trail that logs one Region, or into a bucket of the intruder's, still shows as logging.",
  remedy: "Compare the trail with how it was, and put it back.",
  sources: ["https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html"],
  events: events("cloudtrail", "UpdateTrail"),
  counts: "success",
  evaluate: (event, facts) => {
    const trail = requestText(event, "name");
    const lost = flags
      .filter(([parameter]) => requestFlag(event, parameter) === false)
      .map(([, words]) => words);
    const bucket = requestText(event, "s3BucketName");
    const key = requestText(event, "kmsKeyId");
    const isLogBucket = bucket === undefined ? true : facts.isLogBucket(bucket);
    const isLogKey = key === undefined ? true : facts.isLogKey(key);
    // The empty text takes the key away; left out, it stays.
    if (request(event, "kmsKeyId") === "") lost.push("its files are no longer encrypted by a key");
    if (isLogBucket !== true) lost.push(`it writes to the bucket \`${bucket}\``);
    if (isLogKey !== true) lost.push(`it encrypts with the key \`${key}\``);
    return {
      severity: lost.length > 0 ? "high" : "low",
      verb: ["change", "changed"],
      object: trail === undefined ? "a trail" : `the trail \`${trail}\``,
      ...(lost.length > 0 ? { detail: lost.join("; ") } : {}),
      ...(trail === undefined ? {} : { resource: trail }),
      unknown: missing([isLogBucket, unknownFacts.logBuckets], [isLogKey, unknownFacts.logKeys]),
    };
  },
  example: {
    hit: [
      call("cloudtrail", "UpdateTrail", { name: "acme-trail", isMultiRegionTrail: false }),
      call("cloudtrail", "UpdateTrail", { name: "acme-trail", s3BucketName: "somewhere-else" }),
      call("cloudtrail", "UpdateTrail", {
        name: "acme-trail",
        s3BucketName: example.logBucket,
        kmsKeyId: example.logKey,
      }),
      call("cloudtrail", "UpdateTrail", { name: "acme-trail", kmsKeyId: "" }),
    ],
    pass: [call("cloudtrail", "CreateTrail", { name: "acme-trail", isMultiRegionTrail: false })],
  },
};
