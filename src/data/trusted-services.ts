import type { OrganizationPolicyType } from "../core/policy-type.ts";

/** A service that works with AWS Organizations. */
export interface TrustedService {
  /** Service principal that trusted access and delegation are given to. */
  readonly principal: string;
  readonly title: string;
  /**
   * How many member accounts may be its delegated administrators at one time: 0 when the service
   * has none, `null` when AWS allows several and publishes no number.
   */
  readonly delegatedAdministrators: number | null;
  /**
   * What ends for the organization when an administrator is deregistered, where the service's own
   * planner does not say it. A sentence of what is lost until and after another takes its place.
   */
  readonly lostWithAdministrator?: string;
}

/** What is known of the services that work with AWS Organizations. */
export interface TrustedServices {
  readonly asOf: string;
  readonly source: string;
  readonly services: readonly TrustedService[];
  /**
   * Policy types that AWS enables only once a service has trusted access, and while which are
   * enabled trusted access cannot be disabled.
   */
  readonly requiredByPolicyType: Readonly<Partial<Record<OrganizationPolicyType, string>>>;
}

/**
 * Service principals of trusted access and delegated administration.
 *
 * Numbers of delegated administrators: CloudTrail's, Config's, GuardDuty's, Security Hub's,
 * Macie's, Inspector's, Detective's, Audit Manager's, Firewall Manager's and IAM Identity Center's
 * are published; where a service's guide says that one account can be registered the number is 1;
 * the rest (StackSets, Health, Trusted Advisor, Storage Lens: 5; Network Manager: 10; Service
 * Catalog: 50) is general knowledge and should be checked before a user is told of it.
 * `requiredByPolicyType` holds only what the reference of `ConstraintViolationException` names.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html
 */
export const trustedServices: TrustedServices = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html",
  services: [
    {
      principal: "access-analyzer.amazonaws.com",
      title: "IAM Access Analyzer",
      delegatedAdministrators: 1,
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-delegated-administrator.html
      lostWithAdministrator:
        "its organization analyzers are disabled, and their findings and archive rules cannot be read any more; analyzers of the new one find anew",
    },
    { principal: "account.amazonaws.com", title: "Account Management", delegatedAdministrators: 1 },
    {
      principal: "agentless.inspector2.amazonaws.com",
      title: "Amazon Inspector agentless scanning",
      delegatedAdministrators: 0,
    },
    { principal: "auditmanager.amazonaws.com", title: "Audit Manager", delegatedAdministrators: 1 },
    {
      principal: "aws-artifact-account-sync.amazonaws.com",
      title: "Artifact",
      delegatedAdministrators: 0,
    },
    { principal: "backup.amazonaws.com", title: "Backup", delegatedAdministrators: null },
    {
      principal: "bcm-data-exports.amazonaws.com",
      title: "Billing and Cost Management data exports",
      delegatedAdministrators: 0,
    },
    { principal: "bedrock.amazonaws.com", title: "Amazon Bedrock", delegatedAdministrators: 0 },
    {
      principal: "billing-cost-management.amazonaws.com",
      title: "Billing and Cost Management",
      delegatedAdministrators: 1,
    },
    { principal: "cloudtrail.amazonaws.com", title: "CloudTrail", delegatedAdministrators: 3 },
    {
      principal: "compute-optimizer.amazonaws.com",
      title: "Compute Optimizer",
      delegatedAdministrators: 1,
    },
    {
      principal: "config-multiaccountsetup.amazonaws.com",
      title: "Config rules and conformance packs",
      delegatedAdministrators: 3,
    },
    { principal: "config.amazonaws.com", title: "Config", delegatedAdministrators: 3 },
    { principal: "controltower.amazonaws.com", title: "Control Tower", delegatedAdministrators: 0 },
    {
      principal: "cost-optimization-hub.bcm.amazonaws.com",
      title: "Cost Optimization Hub",
      delegatedAdministrators: 1,
    },
    { principal: "datazone.amazonaws.com", title: "Amazon DataZone", delegatedAdministrators: 1 },
    {
      principal: "deployment-service.amazonaws.com",
      title: "Deployment service",
      delegatedAdministrators: 0,
    },
    { principal: "detective.amazonaws.com", title: "Amazon Detective", delegatedAdministrators: 1 },
    {
      principal: "devops-guru.amazonaws.com",
      title: "Amazon DevOps Guru",
      delegatedAdministrators: 1,
    },
    { principal: "ds.amazonaws.com", title: "Directory Service", delegatedAdministrators: 0 },
    {
      principal: "ec2.amazonaws.com",
      title: "Amazon EC2 declarative policies",
      delegatedAdministrators: 0,
    },
    {
      principal: "ec2.capacitymanager.amazonaws.com",
      title: "EC2 Capacity Manager",
      delegatedAdministrators: 1,
    },
    { principal: "fms.amazonaws.com", title: "Firewall Manager", delegatedAdministrators: 10 },
    { principal: "guardduty.amazonaws.com", title: "Amazon GuardDuty", delegatedAdministrators: 1 },
    { principal: "health.amazonaws.com", title: "Health", delegatedAdministrators: 5 },
    {
      principal: "iam.amazonaws.com",
      title: "IAM centralized root access",
      delegatedAdministrators: 1,
    },
    {
      principal: "inspector2.amazonaws.com",
      title: "Amazon Inspector",
      delegatedAdministrators: 1,
    },
    {
      principal: "ipam.amazonaws.com",
      title: "Amazon VPC IP Address Manager",
      delegatedAdministrators: 1,
    },
    {
      principal: "license-management.marketplace.amazonaws.com",
      title: "Marketplace license management",
      delegatedAdministrators: 0,
    },
    {
      principal: "license-manager-linux-subscriptions.amazonaws.com",
      title: "License Manager Linux subscriptions",
      delegatedAdministrators: 1,
    },
    {
      principal: "license-manager.amazonaws.com",
      title: "License Manager",
      delegatedAdministrators: 1,
    },
    {
      principal: "license-manager.member-account.amazonaws.com",
      title: "License Manager (member accounts)",
      delegatedAdministrators: 0,
    },
    { principal: "macie.amazonaws.com", title: "Amazon Macie", delegatedAdministrators: 1 },
    {
      principal: "malware-protection.guardduty.amazonaws.com",
      title: "GuardDuty Malware Protection",
      delegatedAdministrators: 0,
    },
    {
      principal: "managed-services.amazonaws.com",
      title: "Managed Services self-service reporting",
      delegatedAdministrators: 1,
    },
    {
      principal: "member.org.stacksets.cloudformation.amazonaws.com",
      title: "CloudFormation StackSets (member accounts)",
      delegatedAdministrators: 5,
    },
    {
      principal: "mgn.amazonaws.com",
      title: "Application Migration Service",
      delegatedAdministrators: 1,
    },
    {
      principal: "network-security-director.amazonaws.com",
      title: "Network security director",
      delegatedAdministrators: 1,
    },
    {
      principal: "networkmanager.amazonaws.com",
      title: "Network Manager",
      delegatedAdministrators: 10,
    },
    {
      principal: "notifications.amazon.com",
      title: "User Notifications",
      delegatedAdministrators: 1,
    },
    {
      principal: "observabilityadmin.amazonaws.com",
      title: "CloudWatch telemetry configuration",
      delegatedAdministrators: 1,
    },
    {
      principal: "private-marketplace.marketplace.amazonaws.com",
      title: "Private Marketplace",
      delegatedAdministrators: 1,
    },
    {
      principal: "procurement-insights.marketplace.amazonaws.com",
      title: "Marketplace procurement insights",
      delegatedAdministrators: 1,
    },
    {
      principal: "ram.amazonaws.com",
      title: "Resource Access Manager",
      delegatedAdministrators: 0,
    },
    {
      principal: "reachabilityanalyzer.networkinsights.amazonaws.com",
      title: "Reachability Analyzer",
      delegatedAdministrators: null,
    },
    {
      principal: "report.declarative-policies-ec2.amazonaws.com",
      title: "EC2 declarative policies report",
      delegatedAdministrators: 0,
    },
    {
      principal: "reporting.trustedadvisor.amazonaws.com",
      title: "Trusted Advisor",
      delegatedAdministrators: 5,
    },
    {
      principal: "resource-explorer-2.amazonaws.com",
      title: "Resource Explorer",
      delegatedAdministrators: 1,
    },
    {
      principal: "resource-management.securitylake.amazonaws.com",
      title: "Security Lake resource management",
      delegatedAdministrators: 0,
    },
    {
      principal: "security-ir.amazonaws.com",
      title: "Security Incident Response",
      delegatedAdministrators: 1,
    },
    { principal: "securityhub.amazonaws.com", title: "Security Hub", delegatedAdministrators: 1 },
    {
      principal: "securityhubv2.amazonaws.com",
      title: "Security Hub service-linked role",
      delegatedAdministrators: 0,
    },
    {
      principal: "securitylake.amazonaws.com",
      title: "Amazon Security Lake",
      delegatedAdministrators: 1,
    },
    {
      principal: "servicecatalog.amazonaws.com",
      title: "Service Catalog",
      delegatedAdministrators: 50,
    },
    {
      principal: "servicequotas.amazonaws.com",
      title: "Service Quotas",
      delegatedAdministrators: 0,
    },
    {
      principal: "ssm-quicksetup.amazonaws.com",
      title: "Systems Manager Quick Setup",
      delegatedAdministrators: 1,
    },
    {
      principal: "ssm.amazonaws.com",
      title: "Systems Manager",
      delegatedAdministrators: 1,
      // https://docs.aws.amazon.com/systems-manager/latest/userguide/Explorer-setup-delegated-administrator.html
      lostWithAdministrator:
        "its resource data syncs of the organization stop, and Explorer and OpsCenter begin anew in the new one",
    },
    {
      principal: "sso.amazonaws.com",
      title: "IAM Identity Center",
      delegatedAdministrators: 1,
      // https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html
      lostWithAdministrator:
        "until the new one is registered only the management account can manage Identity Center; users, permission sets and assignments stay, and people go on signing in",
    },
    {
      principal: "stacksets.cloudformation.amazonaws.com",
      title: "CloudFormation StackSets",
      delegatedAdministrators: 5,
    },
    {
      principal: "storage-lens.s3.amazonaws.com",
      title: "Amazon S3 Storage Lens",
      delegatedAdministrators: 5,
    },
    { principal: "support.amazonaws.com", title: "Support", delegatedAdministrators: 0 },
    { principal: "supportapp.amazonaws.com", title: "Support App", delegatedAdministrators: 0 },
    {
      principal: "tagpolicies.tag.amazonaws.com",
      title: "Tag policies",
      delegatedAdministrators: 0,
    },
    {
      principal: "wellarchitected.amazonaws.com",
      title: "Well-Architected Tool",
      delegatedAdministrators: 0,
    },
  ],
  requiredByPolicyType: { SECURITYHUB_POLICY: "securityhub.amazonaws.com" },
};
