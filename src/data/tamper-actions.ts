/**
 * The actions by which a member account could switch off, hide or weaken each service that guards
 * an organization. Names are those of the Service Authorization Reference.
 */
export const tamperActions: {
  readonly asOf: string;
  readonly source: string;
  readonly services: Readonly<
    Record<string, { readonly title: string; readonly actions: readonly string[] }>
  >;
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  services: {
    cloudtrail: {
      title: "AWS CloudTrail",
      actions: [
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
    },
    guardduty: {
      title: "Amazon GuardDuty",
      actions: [
        "guardduty:DeleteDetector",
        "guardduty:UpdateDetector",
        "guardduty:DisassociateFromAdministratorAccount",
        "guardduty:DisassociateFromMasterAccount",
        "guardduty:DisassociateMembers",
        "guardduty:StopMonitoringMembers",
        "guardduty:DeleteMembers",
        "guardduty:UpdateMemberDetectors",
        "guardduty:UpdateOrganizationConfiguration",
        "guardduty:DisableOrganizationAdminAccount",
        "guardduty:CreateFilter",
        "guardduty:UpdateFilter",
        "guardduty:CreateIPSet",
        "guardduty:UpdateIPSet",
        "guardduty:DeletePublishingDestination",
        "guardduty:UpdatePublishingDestination",
        "guardduty:ArchiveFindings",
      ],
    },
    "security-hub": {
      title: "Security Hub CSPM",
      actions: [
        "securityhub:DisableSecurityHub",
        "securityhub:DisassociateFromAdministratorAccount",
        "securityhub:DisassociateFromMasterAccount",
        "securityhub:DisassociateMembers",
        "securityhub:DeleteMembers",
        "securityhub:BatchDisableStandards",
        "securityhub:DisableImportFindingsForProduct",
        "securityhub:UpdateStandardsControl",
        "securityhub:UpdateOrganizationConfiguration",
        "securityhub:DisableOrganizationAdminAccount",
        "securityhub:DeleteFindingAggregator",
        "securityhub:UpdateFindingAggregator",
        "securityhub:DeleteConfigurationPolicy",
        "securityhub:StartConfigurationPolicyDisassociation",
      ],
    },
    "security-hub-v2": {
      title: "Security Hub (V2)",
      actions: [
        "securityhub:DisableSecurityHubV2",
        "securityhub:DeleteAggregatorV2",
        "securityhub:UpdateAggregatorV2",
        "securityhub:DeleteAutomationRuleV2",
        "securityhub:UpdateAutomationRuleV2",
        "securityhub:DeleteConnectorV2",
      ],
    },
    config: {
      title: "AWS Config",
      actions: [
        "config:StopConfigurationRecorder",
        "config:DeleteConfigurationRecorder",
        "config:PutConfigurationRecorder",
        "config:DeleteDeliveryChannel",
        "config:PutDeliveryChannel",
        "config:DeleteConfigurationAggregator",
        "config:DeleteAggregationAuthorization",
        "config:DeleteRetentionConfiguration",
        "config:PutRetentionConfiguration",
        "config:DeleteConfigRule",
        "config:DeleteConformancePack",
        "config:DeleteOrganizationConfigRule",
        "config:DeleteOrganizationConformancePack",
        "config:DeleteEvaluationResults",
      ],
    },
    inspector: {
      title: "Amazon Inspector",
      actions: [
        "inspector2:Disable",
        "inspector2:DisassociateMember",
        "inspector2:DisableDelegatedAdminAccount",
        "inspector2:UpdateOrganizationConfiguration",
        "inspector2:CreateFilter",
        "inspector2:UpdateFilter",
        "inspector2:UpdateConfiguration",
      ],
    },
    macie: {
      title: "Amazon Macie",
      actions: [
        "macie2:DisableMacie",
        "macie2:UpdateMacieSession",
        "macie2:DisassociateFromAdministratorAccount",
        "macie2:DisassociateFromMasterAccount",
        "macie2:DisassociateMember",
        "macie2:DeleteMember",
        "macie2:UpdateMemberSession",
        "macie2:UpdateOrganizationConfiguration",
        "macie2:DisableOrganizationAdminAccount",
        "macie2:UpdateAutomatedDiscoveryConfiguration",
        "macie2:DeleteFindingsFilter",
        "macie2:PutClassificationExportConfiguration",
      ],
    },
    detective: {
      title: "Amazon Detective",
      actions: [
        "detective:DeleteGraph",
        "detective:DeleteMembers",
        "detective:DisassociateMembership",
        "detective:DisableOrganizationAdminAccount",
        "detective:UpdateOrganizationConfiguration",
        "detective:UpdateDatasourcePackages",
      ],
    },
    "access-analyzer": {
      title: "IAM Access Analyzer",
      actions: [
        "access-analyzer:DeleteAnalyzer",
        "access-analyzer:UpdateAnalyzer",
        "access-analyzer:CreateArchiveRule",
        "access-analyzer:UpdateArchiveRule",
        "access-analyzer:UpdateFindings",
      ],
    },
    "identity-center": {
      title: "IAM Identity Center",
      actions: [
        "sso:CreateInstance",
        "sso:DeleteInstance",
        "sso:DeletePermissionSet",
        "sso:CreateAccountAssignment",
        "sso:DeleteAccountAssignment",
        "sso:PutInlinePolicyToPermissionSet",
        "sso:DetachManagedPolicyFromPermissionSet",
        "sso:UpdateInstance",
        "iam:CreateSAMLProvider",
        "iam:UpdateSAMLProvider",
        "iam:DeleteSAMLProvider",
      ],
    },
    "firewall-manager": {
      title: "Firewall Manager",
      actions: [
        "fms:DeletePolicy",
        "fms:PutPolicy",
        "fms:DisassociateAdminAccount",
        "fms:PutAdminAccount",
        "fms:DeleteAppsList",
        "fms:DeleteProtocolsList",
        "wafv2:DisassociateWebACL",
        "wafv2:DeleteWebACL",
      ],
    },
    "systems-manager": {
      title: "Systems Manager",
      actions: [
        "ssm:UpdateServiceSetting",
        "ssm:ResetServiceSetting",
        "ssm:ModifyDocumentPermission",
        "ssm:DeleteResourceDataSync",
        "ssm:DeleteAssociation",
        "ssm:UpdateAssociation",
        "ssm:DeregisterManagedInstance",
      ],
    },
    "storage-lens": {
      title: "Amazon S3 Storage Lens",
      actions: ["s3:DeleteStorageLensConfiguration", "s3:PutStorageLensConfiguration"],
    },
    "stack-sets": {
      title: "CloudFormation StackSets",
      actions: [
        "cloudformation:DeleteStackSet",
        "cloudformation:DeleteStackInstances",
        "cloudformation:DeactivateOrganizationsAccess",
        "cloudformation:UpdateStackSet",
        "cloudformation:DeleteStack",
      ],
    },
    backup: {
      title: "AWS Backup",
      actions: [
        "backup:DeleteBackupVault",
        "backup:DeleteRecoveryPoint",
        "backup:DeleteBackupPlan",
        "backup:DeleteBackupSelection",
        "backup:PutBackupVaultAccessPolicy",
        "backup:DeleteBackupVaultAccessPolicy",
        "backup:DeleteBackupVaultLockConfiguration",
        "backup:UpdateRegionSettings",
        "backup:UpdateGlobalSettings",
        "backup:UpdateRecoveryPointLifecycle",
      ],
    },
    "resource-access-manager": {
      title: "Resource Access Manager",
      actions: [
        "ram:CreateResourceShare",
        "ram:UpdateResourceShare",
        "ram:AssociateResourceShare",
        "ram:EnableSharingWithAwsOrganization",
      ],
    },
    "audit-manager": {
      title: "Audit Manager",
      actions: [
        "auditmanager:DeregisterAccount",
        "auditmanager:DeregisterOrganizationAdminAccount",
        "auditmanager:DeleteAssessment",
        "auditmanager:UpdateSettings",
      ],
    },
    "trusted-advisor": {
      title: "Trusted Advisor",
      actions: [
        "trustedadvisor:UpdateRecommendationLifecycle",
        "trustedadvisor:BatchUpdateRecommendationResourceExclusion",
      ],
    },
    health: { title: "AWS Health", actions: ["health:DisableHealthServiceAccessForOrganization"] },
    "account-management": {
      title: "Account Management",
      actions: [
        "account:CloseAccount",
        "account:EnableRegion",
        "account:DisableRegion",
        "account:PutAlternateContact",
        "account:DeleteAlternateContact",
        "account:PutContactInformation",
        "account:StartPrimaryEmailUpdate",
        "account:AcceptPrimaryEmailUpdate",
        "organizations:LeaveOrganization",
      ],
    },
    "centralized-root-access": {
      title: "IAM centralized root access",
      actions: [
        "iam:DisableOrganizationsRootCredentialsManagement",
        "iam:DisableOrganizationsRootSessions",
        "sts:AssumeRoot",
      ],
    },
    "security-lake": {
      title: "Security Lake",
      actions: [
        "securitylake:DeleteDataLake",
        "securitylake:DeleteAwsLogSource",
        "securitylake:DeleteDataLakeOrganizationConfiguration",
        "securitylake:DeregisterDataLakeDelegatedAdministrator",
        "securitylake:UpdateDataLake",
      ],
    },
    artifact: {
      title: "AWS Artifact",
      actions: ["artifact:TerminateAgreement", "artifact:AcceptAgreement"],
    },
    "compute-optimizer": {
      title: "Compute Optimizer",
      actions: ["compute-optimizer:UpdateEnrollmentStatus"],
    },
    "tag-policies": {
      title: "Tag policies",
      actions: [
        "organizations:DetachPolicy",
        "organizations:DeletePolicy",
        "organizations:UpdatePolicy",
        "organizations:DisablePolicyType",
      ],
    },
    ipam: {
      title: "VPC IPAM",
      actions: [
        "ec2:DisableIpamOrganizationAdminAccount",
        "ec2:DeleteIpam",
        "ec2:DeleteIpamPool",
        "ec2:ModifyIpam",
        "ec2:DeleteIpamResourceDiscovery",
      ],
    },
    "network-access-analyzer": {
      title: "Network Access Analyzer",
      actions: [
        "ec2:DeleteNetworkInsightsAccessScope",
        "ec2:DeleteNetworkInsightsAccessScopeAnalysis",
      ],
    },
    "network-manager": {
      title: "Network Manager and Cloud WAN",
      actions: [
        "networkmanager:StartOrganizationServiceAccessUpdate",
        "networkmanager:DeleteGlobalNetwork",
        "networkmanager:DeleteCoreNetwork",
        "networkmanager:PutCoreNetworkPolicy",
      ],
    },
    "ec2-defaults": {
      title: "EC2 account defaults",
      actions: [
        "ec2:DisableEbsEncryptionByDefault",
        "ec2:DisableSnapshotBlockPublicAccess",
        "ec2:DisableImageBlockPublicAccess",
        "ec2:EnableSerialConsoleAccess",
        "ec2:ModifyInstanceMetadataDefaults",
        "ec2:DisableAllowedImagesSettings",
        "ec2:ModifyVpcBlockPublicAccessOptions",
        "ec2:CreateVpcBlockPublicAccessExclusion",
      ],
    },
    "security-incident-response": {
      title: "Security Incident Response",
      actions: ["security-ir:CancelMembership", "security-ir:UpdateMembership"],
    },
    "cloudwatch-telemetry": {
      title: "CloudWatch telemetry configuration",
      actions: [
        "observabilityadmin:StopTelemetryEvaluationForOrganization",
        "observabilityadmin:DeleteTelemetryRuleForOrganization",
        "observabilityadmin:DeleteTelemetryRule",
        "logs:DeleteLogGroup",
        "logs:PutRetentionPolicy",
      ],
    },
    "s3-public-access-block": {
      title: "S3 account public access block",
      actions: ["s3:PutAccountPublicAccessBlock", "s3:PutBucketPublicAccessBlock"],
    },
    shield: {
      title: "Shield Advanced",
      actions: [
        "shield:DeleteProtection",
        "shield:UpdateSubscription",
        "shield:DisassociateDRTRole",
        "shield:DisableProactiveEngagement",
      ],
    },
  },
};
