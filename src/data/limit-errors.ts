/** An error by which AWS says that an account or organization is at a limit. */
export interface LimitError {
  /** The exception's name. */
  readonly code: string;
  /** Its `Reason` member, where it has one. */
  readonly reason?: string;
  /** Operations that give it. */
  readonly operations: readonly string[];
}

const constraint = "ConstraintViolationException";
const quota = "ServiceQuotaExceededException";
const limit = "LimitExceededException";

/**
 * The errors of a limit, by IAM service prefix, of the operations that make things. Where an API
 * has none, as those of AWS Account Management, AWS Backup, AWS Health and AWS RAM, the limit that
 * an organization meets is that of AWS Organizations. `said` is how AWS puts it, in one sentence.
 */
export const limitErrors: {
  readonly asOf: string;
  readonly source: string;
  readonly said: string;
  readonly services: Readonly<Record<string, readonly LimitError[]>>;
} = {
  asOf: "2026-11-23",
  source:
    "the API models in botocore 1.44.5; for S3, https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
  said: "You have reached the limit of your account for this resource.",
  services: {
    "access-analyzer": [{ code: quota, operations: ["CreateAnalyzer", "CreateArchiveRule"] }],
    cloudformation: [{ code: limit, operations: ["CreateStackInstances", "CreateStackSet"] }],
    cloudtrail: [
      { code: "MaximumNumberOfTrailsExceededException", operations: ["CreateTrail"] },
      {
        code: "DelegatedAdminAccountLimitExceededException",
        operations: ["RegisterOrganizationDelegatedAdmin"],
      },
    ],
    config: [
      {
        code: "MaxNumberOfOrganizationConfigRulesExceededException",
        operations: ["PutOrganizationConfigRule"],
      },
      {
        code: "MaxNumberOfOrganizationConformancePacksExceededException",
        operations: ["PutOrganizationConformancePack"],
      },
      { code: limit, operations: ["PutConfigurationAggregator"] },
      {
        code: "MaxNumberOfConfigurationRecordersExceededException",
        operations: ["PutConfigurationRecorder"],
      },
      {
        code: "MaxNumberOfDeliveryChannelsExceededException",
        operations: ["PutDeliveryChannel"],
      },
      {
        code: "MaxNumberOfRetentionConfigurationsExceededException",
        operations: ["PutRetentionConfiguration"],
      },
    ],
    detective: [{ code: quota, operations: ["CreateMembers", "UpdateDatasourcePackages"] }],
    fms: [{ code: limit, operations: ["AssociateAdminAccount", "PutAdminAccount", "PutPolicy"] }],
    // Amazon GuardDuty has one exception for whatever it refuses.
    guardduty: [
      {
        code: "BadRequestException",
        operations: [
          "CreateDetector",
          "CreateIPSet",
          "CreateMembers",
          "CreatePublishingDestination",
          "CreateThreatEntitySet",
          "CreateThreatIntelSet",
          "CreateTrustedEntitySet",
        ],
      },
    ],
    iam: [
      {
        code: limit,
        operations: [
          "AttachRolePolicy",
          "CreateRole",
          "CreateServiceLinkedRole",
          "DeactivateMFADevice",
          "PutRolePolicy",
          "UpdateAccountPasswordPolicy",
        ],
      },
    ],
    inspector2: [{ code: quota, operations: ["AssociateMember"] }],
    kms: [{ code: limit, operations: ["CreateAlias", "CreateKey", "PutKeyPolicy"] }],
    logs: [{ code: limit, operations: ["CreateLogGroup"] }],
    macie2: [
      {
        code: quota,
        operations: [
          "CreateMember",
          "EnableMacie",
          "EnableOrganizationAdminAccount",
          "PutClassificationExportConfiguration",
          "PutFindingsPublicationConfiguration",
          "UpdateMacieSession",
          "UpdateMemberSession",
          "UpdateOrganizationConfiguration",
        ],
      },
    ],
    organizations: [
      {
        code: constraint,
        reason: "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
        operations: ["RegisterDelegatedAdministrator"],
      },
      {
        code: constraint,
        reason: "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
        operations: ["AttachPolicy"],
      },
      { code: constraint, reason: "POLICY_NUMBER_LIMIT_EXCEEDED", operations: ["CreatePolicy"] },
      { code: constraint, reason: "ACCOUNT_NUMBER_LIMIT_EXCEEDED", operations: ["CreateAccount"] },
      {
        code: constraint,
        reason: "OU_NUMBER_LIMIT_EXCEEDED",
        operations: ["CreateOrganizationalUnit"],
      },
    ],
    s3: [{ code: "TooManyBuckets", operations: ["CreateBucket"] }],
    securityhub: [
      {
        code: limit,
        operations: [
          "CreateConfigurationPolicy",
          "CreateFindingAggregator",
          "CreateMembers",
          "EnableOrganizationAdminAccount",
          "EnableSecurityHub",
          "StartConfigurationPolicyAssociation",
          "StartConfigurationPolicyDisassociation",
          "UpdateConfigurationPolicy",
          "UpdateFindingAggregator",
          "UpdateOrganizationConfiguration",
        ],
      },
      { code: quota, operations: ["CreateAggregatorV2"] },
    ],
    ssm: [
      {
        code: "ResourceLimitExceededException",
        operations: ["CreatePatchBaseline", "RegisterPatchBaselineForPatchGroup"],
      },
      {
        code: "ResourceDataSyncCountExceededException",
        operations: ["CreateResourceDataSync"],
      },
    ],
    sso: [
      {
        code: quota,
        operations: [
          "AttachCustomerManagedPolicyReferenceToPermissionSet",
          "AttachManagedPolicyToPermissionSet",
          "CreateAccountAssignment",
          "CreatePermissionSet",
          "PutInlinePolicyToPermissionSet",
          "TagResource",
        ],
      },
    ],
  },
};
