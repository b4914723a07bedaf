/**
 * Names of the roles that are linked to AWS services, by the service's principal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const serviceLinkedRoles: {
  readonly asOf: string;
  readonly source: string;
  readonly names: Readonly<Record<string, string>>;
  /** Principals whose roles take a suffix of the user's. */
  readonly customSuffix: readonly string[];
} = {
  asOf: "2026-11-01",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html",
  names: {
    "access-analyzer.amazonaws.com": "AWSServiceRoleForAccessAnalyzer",
    "accountdiscovery.ssm.amazonaws.com": "AWSServiceRoleForAmazonSSM_AccountDiscovery",
    "agentless.inspector2.amazonaws.com": "AWSServiceRoleForAmazonInspector2Agentless",
    "auditmanager.amazonaws.com": "AWSServiceRoleForAuditManager",
    "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
    "backup.amazonaws.com": "AWSServiceRoleForBackup",
    "cloudtrail.amazonaws.com": "AWSServiceRoleForCloudTrail",
    "compute-optimizer.amazonaws.com": "AWSServiceRoleForComputeOptimizer",
    "config-conforms.amazonaws.com": "AWSServiceRoleForConfigConforms",
    "config-multiaccountsetup.amazonaws.com": "AWSServiceRoleForConfigMultiAccountSetup",
    "config.amazonaws.com": "AWSServiceRoleForConfig",
    "controltower.amazonaws.com": "AWSServiceRoleForAWSControlTower",
    "detective.amazonaws.com": "AWSServiceRoleForDetective",
    "ecs.amazonaws.com": "AWSServiceRoleForECS",
    "eks.amazonaws.com": "AWSServiceRoleForAmazonEKS",
    "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
    "fms.amazonaws.com": "AWSServiceRoleForFMS",
    "guardduty.amazonaws.com": "AWSServiceRoleForAmazonGuardDuty",
    "health.amazonaws.com": "AWSServiceRoleForHealth_Organizations",
    "inspector2.amazonaws.com": "AWSServiceRoleForAmazonInspector2",
    "ipam.amazonaws.com": "AWSServiceRoleForIPAM",
    "macie.amazonaws.com": "AWSServiceRoleForAmazonMacie",
    "malware-protection.guardduty.amazonaws.com":
      "AWSServiceRoleForAmazonGuardDutyMalwareProtection",
    "member.org.stacksets.cloudformation.amazonaws.com":
      "AWSServiceRoleForCloudFormationStackSetsOrgMember",
    "networkmanager.amazonaws.com": "AWSServiceRoleForNetworkManager",
    "organizations.amazonaws.com": "AWSServiceRoleForOrganizations",
    "ram.amazonaws.com": "AWSServiceRoleForResourceAccessManager",
    "rds.amazonaws.com": "AWSServiceRoleForRDS",
    "reachabilityanalyzer.networkinsights.amazonaws.com": "AWSServiceRoleForReachabilityAnalyzer",
    "reporting.trustedadvisor.amazonaws.com": "AWSServiceRoleForTrustedAdvisorReporting",
    "resource-explorer-2.amazonaws.com": "AWSServiceRoleForResourceExplorer",
    "securityhub.amazonaws.com": "AWSServiceRoleForSecurityHub",
    "securitylake.amazonaws.com": "AWSServiceRoleForSecurityLake",
    "servicequotas.amazonaws.com": "AWSServiceRoleForServiceQuotas",
    "spot.amazonaws.com": "AWSServiceRoleForEC2Spot",
    "ssm.amazonaws.com": "AWSServiceRoleForAmazonSSM",
    "sso.amazonaws.com": "AWSServiceRoleForSSO",
    "stacksets.cloudformation.amazonaws.com": "AWSServiceRoleForCloudFormationStackSetsOrgAdmin",
    "storage-lens.s3.amazonaws.com": "AWSServiceRoleForS3StorageLens",
    "support.amazonaws.com": "AWSServiceRoleForSupport",
    "tagpolicies.tag.amazonaws.com": "AWSServiceRoleForTagPolicies",
    "trustedadvisor.amazonaws.com": "AWSServiceRoleForTrustedAdvisor",
  },
  customSuffix: ["autoscaling.amazonaws.com"],
};
