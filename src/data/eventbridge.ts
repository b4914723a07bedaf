/**
 * Facts of Amazon EventBridge, by which CloudTrail's events come.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export const eventBridgeFacts: {
  readonly asOf: string;
  readonly source: string;
  /** Characters of an event pattern. */
  readonly patternCharacters: number;
  /** Rules of an event bus, where the fewest are allowed. */
  readonly rulesPerBus: number;
  /** Types of events by which CloudTrail's records come, in their `detail`. */
  readonly cloudTrailDetailTypes: readonly string[];
  /** State of a rule that leaves out read-only management events. */
  readonly withoutReads: string;
  /** State of a rule that takes them, too. */
  readonly withReads: string;
  /** Longest time that a target is tried again, in seconds. */
  readonly mostRetrySeconds: number;
  readonly mostRetries: number;
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html, " +
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html, " +
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html",
  patternCharacters: 2_048,
  rulesPerBus: 100,
  cloudTrailDetailTypes: [
    "AWS API Call via CloudTrail",
    "AWS Console Action via CloudTrail",
    "AWS Console Sign In via CloudTrail",
    // The user guide spells it so; a pattern that misses sign-ins says nothing.
    "AWS Console Signin via CloudTrail",
    "AWS Service Event via CloudTrail",
  ],
  withoutReads: "ENABLED",
  withReads: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
  mostRetrySeconds: 86_400,
  mostRetries: 185,
};
