/**
 * Facts of AWS CloudTrail: quotas, page sizes, names.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
export const cloudtrailFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly servicePrincipal: string;
  /** Trails and shadow trails that an account may have in a Region. */
  readonly trailsPerRegion: number;
  readonly delegatedAdministrators: number;
  readonly tagsPerResource: number;
  readonly eventSelectorsPerTrail: number;
  /** Values of all conditions of all advanced event selectors of a trail. */
  readonly advancedValuesPerTrail: number;
  /** ARNs that one call of ListTags takes. */
  readonly listTagsBatch: number;
  /** Minutes between an event and its log file: about five on average. */
  readonly deliveryMinutes: number;
  /** Minutes that a digest file tells of. */
  readonly digestMinutes: number;
  readonly insightTypes: readonly string[];
  /** Services whose events CloudTrail records in one Region. */
  readonly globalServices: readonly string[];
  /** IAM actions by which CloudTrail can be weakened. */
  readonly tamperActions: readonly string[];
} = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html",
  servicePrincipal: "cloudtrail.amazonaws.com",
  trailsPerRegion: 5,
  delegatedAdministrators: 3,
  tagsPerResource: 50,
  eventSelectorsPerTrail: 5,
  advancedValuesPerTrail: 500,
  listTagsBatch: 20,
  deliveryMinutes: 5,
  digestMinutes: 60,
  insightTypes: ["ApiCallRateInsight", "ApiErrorRateInsight"],
  globalServices: ["iam", "sts", "organizations", "account"],
  tamperActions: [
    "cloudtrail:StopLogging",
    "cloudtrail:DeleteTrail",
    "cloudtrail:UpdateTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:PutInsightSelectors",
    "cloudtrail:DeleteEventDataStore",
    "cloudtrail:UpdateEventDataStore",
    "cloudtrail:StopEventDataStoreIngestion",
    "cloudtrail:DeregisterOrganizationDelegatedAdmin",
    "cloudtrail:PutEventConfiguration",
  ],
};
