/** A token bucket: tokens a second, and how many it holds. */
export interface RequestRate {
  readonly rate: number;
  readonly burst: number;
}

/** The rates of one operation: each calling account has a bucket, and the organization has one. */
export interface OperationRates {
  readonly perAccount: RequestRate;
  readonly perOrganization?: RequestRate;
}

/** The published request rates of one service's API. */
export interface ServiceRates {
  /** Date of the page that was read; ISO 8601. */
  readonly asOf: string;
  readonly source: string;
  /** `operation`: every operation has buckets of its own. `service`: all share one bucket. */
  readonly bucket: "operation" | "service";
  /** A bucket is kept for the whole account or for an account in a Region. */
  readonly scope: "account" | "accountRegion";
  /** By operation. An operation that is not listed has no published rate. */
  readonly operations: Readonly<Record<string, OperationRates>>;
}

/**
 * Request rates that AWS publishes, by IAM service prefix. A row of AWS's tables that names several
 * operations gives each of them that rate.
 */
export const requestRates: Readonly<Record<string, ServiceRates>> = {
  organizations: {
    asOf: "2025-08-01",
    source:
      "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html#throttling-limits",
    bucket: "operation",
    scope: "account",
    operations: {
      AcceptHandshake: rates(1, 2, 5, 5),
      AttachPolicy: rates(2, 3),
      CancelHandshake: rates(2, 3),
      CloseAccount: rates(0.05, 1),
      CreateAccount: rates(0.1, 3),
      CreateGovCloudAccount: rates(0.1, 3),
      CreateOrganization: rates(1, 1),
      CreateOrganizationalUnit: rates(1, 2),
      CreatePolicy: rates(2, 3),
      DeclineHandshake: rates(1, 1, 5, 5),
      DeleteOrganization: rates(1, 1),
      DeleteOrganizationalUnit: rates(2, 3),
      DeletePolicy: rates(2, 3),
      DeregisterDelegatedAdministrator: rates(1, 2),
      DescribeAccount: rates(20, 30, 24, 36),
      DescribeCreateAccountStatus: rates(2, 2, 2, 3),
      DescribeHandshake: rates(1, 2, 6, 10),
      DescribeOrganization: rates(1, 2),
      DescribeOrganizationalUnit: rates(2, 2, 2, 3),
      DescribePolicy: rates(2, 2, 2, 3),
      DetachPolicy: rates(2, 3),
      DisableAWSServiceAccess: rates(1, 2),
      DisablePolicyType: rates(1, 1),
      EnableAllFeatures: rates(1, 1),
      EnableAWSServiceAccess: rates(1, 2),
      EnablePolicyType: rates(1, 1),
      InviteAccountToOrganization: rates(3, 5),
      LeaveOrganization: rates(1, 1),
      ListAccounts: rates(8, 12, 9, 15),
      ListAccountsForParent: rates(5, 8, 6, 10),
      ListAWSServiceAccessForOrganization: rates(1, 3, 1, 4),
      ListChildren: rates(6, 10, 7, 12),
      ListCreateAccountStatus: rates(5, 8, 6, 10),
      ListDelegatedAdministrators: rates(5, 8, 6, 10),
      ListDelegatedServicesForAccount: rates(1, 3, 1, 4),
      ListHandshakesForAccount: rates(5, 8, 6, 10),
      ListHandshakesForOrganization: rates(5, 8, 6, 10),
      ListOrganizationalUnitsForParent: rates(5, 8, 6, 10),
      ListParents: rates(5, 8, 6, 10),
      ListPolicies: rates(5, 8, 6, 10),
      ListPoliciesForTarget: rates(5, 8, 6, 10),
      ListRoots: rates(1, 2, 1, 3),
      ListTagsForResource: rates(10, 15, 12, 18),
      ListTargetsForPolicy: rates(5, 8, 6, 10),
      MoveAccount: rates(2, 3),
      RegisterDelegatedAdministrator: rates(1, 2),
      RemoveAccountFromOrganization: rates(2, 2),
      TagResource: rates(4, 6),
      UntagResource: rates(4, 6),
      UpdateOrganizationalUnit: rates(2, 3),
      UpdatePolicy: rates(2, 3),
    },
  },
  account: {
    asOf: "2026-06-01",
    source: "https://docs.aws.amazon.com/accounts/latest/reference/quotas.html",
    bucket: "operation",
    scope: "account",
    operations: {
      AcceptPrimaryEmailUpdate: rates(1, 1),
      DeleteAlternateContact: rates(1, 6),
      DisableRegion: rates(1, 1),
      EnableRegion: rates(1, 1),
      GetAccountInformation: rates(3, 3),
      GetAlternateContact: rates(10, 15),
      GetContactInformation: rates(10, 15),
      GetPrimaryEmail: rates(3, 3),
      GetRegionOptStatus: rates(5, 5),
      ListRegions: rates(5, 5),
      PutAccountName: rates(1, 1),
      PutAlternateContact: rates(5, 8),
      PutContactInformation: rates(5, 8),
      StartPrimaryEmailUpdate: rates(1, 1),
    },
  },
  cloudtrail: {
    asOf: "2026-11-22",
    source:
      "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html",
    bucket: "operation",
    scope: "accountRegion",
    operations: {
      DescribeTrails: rates(10, 10),
      GetEventDataStore: rates(10, 10),
      GetEventSelectors: rates(10, 10),
      GetInsightSelectors: rates(10, 10),
      GetTrail: rates(10, 10),
      GetTrailStatus: rates(10, 10),
      ListEventDataStores: rates(10, 10),
      ListTags: rates(10, 10),
      ListTrails: rates(10, 10),
      LookupEvents: rates(2, 2),
    },
  },
  securityhub: {
    asOf: "2026-11-22",
    source:
      "https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html, " +
      "https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html",
    bucket: "operation",
    scope: "accountRegion",
    operations: {
      BatchImportFindings: rates(10, 30),
      BatchUpdateFindings: rates(10, 30),
      DescribeHub: rates(10, 30),
      DescribeOrganizationConfiguration: rates(10, 30),
      GetAdministratorAccount: rates(10, 30),
      GetConfigurationPolicy: rates(10, 30),
      GetFindings: rates(3, 6),
      ListConfigurationPolicies: rates(10, 30),
      ListConfigurationPolicyAssociations: rates(10, 30),
      ListFindingAggregators: rates(10, 30),
      ListMembers: rates(10, 30),
      ListOrganizationAdminAccounts: rates(10, 30),
    },
  },
  sts: {
    asOf: "2026-06-01",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    bucket: "service",
    scope: "accountRegion",
    operations: {
      AssumeRole: rates(600, 600),
      DecodeAuthorizationMessage: rates(600, 600),
      GetAccessKeyInfo: rates(600, 600),
      GetCallerIdentity: rates(600, 600),
      GetFederationToken: rates(600, 600),
      GetSessionToken: rates(600, 600),
    },
  },
};

function rates(
  rate: number,
  burst: number,
  organizationRate?: number,
  organizationBurst?: number,
): OperationRates {
  return {
    perAccount: { rate, burst },
    ...(organizationRate === undefined || organizationBurst === undefined
      ? {}
      : { perOrganization: { rate: organizationRate, burst: organizationBurst } }),
  };
}
