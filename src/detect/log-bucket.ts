import type { Severity } from "../core/finding.ts";
import type { DetectFacts } from "./facts.ts";
import { missing, unknownFacts } from "./unknown-facts.ts";

/** Names by which people call buckets that hold logs. */
const likely =
  /(^|[-._])(logs?|logging|trails?|audit|siem)([-._]|$)|cloudtrail|access-?logs|flow-?logs|config-?bucket|security-?(data-?)?lake|controltower/i;

/** What is known of a bucket as a place of logs. */
export interface LogBucketAnswer {
  readonly severity: Severity;
  /** "the log bucket `acme-logs`", or as much of it as is known. */
  readonly words: string;
  readonly unknown: readonly string[];
}

/**
 * Whether something that happens to a bucket happens to logs; `undefined` when it does not. Where
 * nobody says which buckets hold logs, a name that says so counts in full, any other counts low: the
 * finding says that it is not known.
 */
export function logBucket(
  name: string | undefined,
  facts: DetectFacts,
  severity: Severity,
): LogBucketAnswer | undefined {
  if (name === undefined) {
    return { severity: "low", words: "a bucket", unknown: ["which bucket: AWS does not log it"] };
  }
  const isLogBucket = facts.isLogBucket(name);
  if (isLogBucket === false) return undefined;
  return {
    severity: isLogBucket === true || likely.test(name) ? severity : "low",
    words: `the ${isLogBucket === true ? "log " : ""}bucket \`${name}\``,
    unknown: missing([isLogBucket, unknownFacts.logBuckets]),
  };
}
