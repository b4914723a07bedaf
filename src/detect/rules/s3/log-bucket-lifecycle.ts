import { call, example } from "../../example/event.ts";
import { logBucket } from "../../log-bucket.ts";
import { list, member, request, requestText, text } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** Logs are told to expire early. */
export const logBucketLifecycle: DetectRule = {
  id: "s3/log-bucket-lifecycle",
  title: "Logs are told to expire early",
  severity: "high",
  why: "A lifecycle rule of a day deletes the evidence without a single DeleteObject call.",
  remedy: "Remove the lifecycle rule before midnight UTC, and turn on Object Lock for log buckets.",
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html",
  ],
  events: events("s3", "PutBucketLifecycle", "PutBucketLifecycleConfiguration"),
  counts: "success",
  evaluate: (event, facts) => {
    const name = requestText(event, "bucketName");
    const answer = logBucket(name, facts, "high");
    if (answer === undefined) return undefined;
    const rules = list(member(request(event, "LifecycleConfiguration"), "Rule")).filter(
      (rule) => text(member(rule, "Status")) !== "Disabled",
    );
    const dates = rules.flatMap((rule) => text(member(rule, "Expiration", "Date")) ?? []);
    const days = rules
      .flatMap((rule) => [
        ...list(member(rule, "Expiration", "Days")),
        ...list(member(rule, "NoncurrentVersionExpiration", "NoncurrentDays")),
      ])
      .map((value) => Number(text(value)))
      .filter((value) => Number.isFinite(value));
    const soonest = Math.min(...days);
    const isLongEnough = facts.logRetentionDays !== undefined && soonest >= facts.logRetentionDays;
    // At a date everything expires that is there by then, however young it is.
    if (dates.length === 0 && (days.length === 0 || isLongEnough)) return undefined;
    const when =
      dates.length > 0
        ? `on ${[...dates].sort()[0]}`
        : `after ${soonest} ${soonest === 1 ? "day" : "days"}`;
    return {
      severity: answer.severity,
      verb: ["let", "let"],
      object: `objects of ${answer.words} expire ${when}`,
      ...(name === undefined ? {} : { resource: `arn:aws:s3:::${name}` }),
      unknown: [...answer.unknown, ...missing([facts.logRetentionDays, unknownFacts.logRetention])],
    };
  },
  example: {
    hit: [
      call("s3", "PutBucketLifecycle", {
        bucketName: example.logBucket,
        LifecycleConfiguration: { Rule: { Status: "Enabled", Expiration: { Days: 1 } } },
      }),
      call("s3", "PutBucketLifecycle", {
        bucketName: example.logBucket,
        LifecycleConfiguration: {
          Rule: { Status: "Enabled", Expiration: { Date: "2026-11-03T00:00:00Z" } },
        },
      }),
    ],
    pass: [
      call("s3", "PutBucketLifecycle", {
        bucketName: example.logBucket,
        LifecycleConfiguration: { Rule: { Status: "Enabled", Expiration: { Days: 400 } } },
      }),
      call("s3", "PutBucketLifecycle", {
        bucketName: "acme-cache",
        LifecycleConfiguration: { Rule: { Status: "Enabled", Expiration: { Days: 1 } } },
      }),
    ],
  },
};
