import type { Layer } from "../core/layer.ts";
import type { OrganizationPolicyType } from "../core/policy-type.ts";

/** A kind of policy as a control, and the layers at which it works. */
export interface PolicyControl {
  readonly type: OrganizationPolicyType;
  readonly title: string;
  readonly layers: readonly Layer[];
}

/** A service that orgrail does not read beyond its access to the organization. */
export interface AccessControl {
  readonly id: string;
  readonly title: string;
  readonly layers: readonly Layer[];
  /** Trusted access of any of them says that it is in use for the organization. */
  readonly principals: readonly string[];
}

/** A kind of resource, and which services bear on it. */
export interface ResourceKind {
  /** As it is shown. */
  readonly title: string;
  /** IAM service prefix and the beginning of the ARN's resource part. */
  readonly service: string;
  readonly resource: RegExp;
  /** Types of policies that bear on it, beside service and resource control policies. */
  readonly policies: readonly OrganizationPolicyType[];
  /** By service: what it does for such a resource, and at which layer. */
  readonly controls: readonly {
    readonly service: string;
    readonly layer: Layer;
    readonly does: string;
  }[];
}

/**
 * Which controls work at which layer of the AWS Security Reference Architecture, and which of them
 * bear on a resource. AWS names the layers; the assignment is ours, by what each service does.
 */
export const securityLayers: {
  readonly asOf: string;
  readonly source: string;
  readonly policies: readonly PolicyControl[];
  readonly access: readonly AccessControl[];
  /** The first that matches an ARN is its kind; the last matches all. */
  readonly kinds: readonly ResourceKind[];
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/organizations-security.html, " +
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html",
  policies: [
    {
      type: "SERVICE_CONTROL_POLICY",
      title: "Service control policies",
      layers: ["organization", "organizational unit", "account", "principals"],
    },
    {
      type: "RESOURCE_CONTROL_POLICY",
      title: "Resource control policies",
      layers: ["organization", "organizational unit", "account", "resources"],
    },
    {
      type: "DECLARATIVE_POLICY_EC2",
      title: "Declarative policies for EC2",
      layers: [
        "organization",
        "organizational unit",
        "account",
        "network infrastructure",
        "resources",
      ],
    },
    {
      type: "S3_POLICY",
      title: "S3 policies",
      layers: ["organization", "organizational unit", "account", "resources"],
    },
    {
      type: "TAG_POLICY",
      title: "Tag policies",
      layers: ["organization", "organizational unit", "account", "resources"],
    },
    {
      type: "BACKUP_POLICY",
      title: "Backup policies",
      layers: ["organization", "organizational unit", "account", "resources"],
    },
    {
      type: "AISERVICES_OPT_OUT_POLICY",
      title: "AI services opt-out policies",
      layers: ["organization", "organizational unit", "account"],
    },
    {
      type: "CHATBOT_POLICY",
      title: "Chat applications policies",
      layers: ["organization", "organizational unit", "account"],
    },
    {
      type: "BEDROCK_POLICY",
      title: "Amazon Bedrock policies",
      layers: ["organization", "organizational unit", "account", "resources"],
    },
    {
      type: "NETWORK_SECURITY_DIRECTOR_POLICY",
      title: "Network Security Director policies",
      layers: ["organization", "organizational unit", "account", "network infrastructure"],
    },
  ],
  access: [
    {
      id: "auditmanager",
      title: "Audit Manager",
      layers: ["organization", "account"],
      principals: ["auditmanager.amazonaws.com"],
    },
    {
      id: "securitylake",
      title: "Security Lake",
      layers: ["organization", "account", "network infrastructure", "resources"],
      principals: ["securitylake.amazonaws.com"],
    },
    {
      id: "ipam",
      title: "VPC IP Address Manager",
      layers: ["organization", "network infrastructure"],
      principals: ["ipam.amazonaws.com"],
    },
    {
      id: "networkmanager",
      title: "Network Manager",
      layers: ["organization", "network infrastructure"],
      principals: ["networkmanager.amazonaws.com"],
    },
    {
      id: "reachabilityanalyzer",
      title: "Reachability Analyzer",
      layers: ["network infrastructure"],
      principals: ["reachabilityanalyzer.networkinsights.amazonaws.com"],
    },
    {
      id: "security-ir",
      title: "Security Incident Response",
      layers: ["organization", "account"],
      principals: ["security-ir.amazonaws.com"],
    },
    {
      id: "compute-optimizer",
      title: "Compute Optimizer",
      layers: ["organization", "resources"],
      principals: ["compute-optimizer.amazonaws.com"],
    },
    {
      id: "controltower",
      title: "Control Tower",
      layers: ["organization", "organizational unit", "account"],
      principals: ["controltower.amazonaws.com"],
    },
  ],
  kinds: [
    {
      title: "EC2 instance",
      service: "ec2",
      resource: /^instance\/i-/,
      policies: ["DECLARATIVE_POLICY_EC2", "BACKUP_POLICY", "TAG_POLICY", "INSPECTOR_POLICY"],
      controls: [
        { service: "cloudtrail", layer: "account", does: "records who calls its API" },
        { service: "config", layer: "account", does: "records its configuration" },
        { service: "securityhub", layer: "account", does: "checks it against standards" },
        { service: "fms", layer: "network infrastructure", does: "keeps security groups" },
        { service: "iam", layer: "principals", does: "keeps root users from it" },
        { service: "ec2", layer: "resources", does: "IMDSv2, encryption of volumes, images" },
        { service: "guardduty", layer: "resources", does: "watches traffic, runtime, malware" },
        { service: "inspector2", layer: "resources", does: "finds vulnerabilities" },
        { service: "ssm", layer: "resources", does: "manages and patches it" },
        { service: "detective", layer: "resources", does: "keeps its behavior for a year" },
        { service: "backup", layer: "resources", does: "backs it up" },
      ],
    },
    {
      title: "S3 bucket",
      service: "s3",
      resource: /^[a-z0-9][a-z0-9.-]{2,62}$/,
      policies: ["S3_POLICY", "BACKUP_POLICY", "TAG_POLICY"],
      controls: [
        { service: "cloudtrail", layer: "account", does: "records who calls its API" },
        { service: "config", layer: "account", does: "records its configuration" },
        { service: "securityhub", layer: "account", does: "checks it against standards" },
        { service: "iam", layer: "principals", does: "keeps root users from it" },
        { service: "s3", layer: "resources", does: "blocks public access" },
        { service: "access-analyzer", layer: "resources", does: "finds access from outside" },
        { service: "macie2", layer: "resources", does: "finds sensitive data" },
        { service: "guardduty", layer: "resources", does: "watches its data events" },
        { service: "backup", layer: "resources", does: "backs it up" },
      ],
    },
    {
      title: "IAM role",
      service: "iam",
      resource: /^role\//,
      policies: [],
      controls: [
        { service: "cloudtrail", layer: "account", does: "records what it does" },
        { service: "config", layer: "account", does: "records its configuration" },
        { service: "securityhub", layer: "account", does: "checks it against standards" },
        { service: "iam", layer: "principals", does: "keeps root users and passwords safe" },
        { service: "sso", layer: "principals", does: "gives people roles for a session" },
        {
          service: "access-analyzer",
          layer: "principals",
          does: "finds who outside may assume it",
        },
        { service: "guardduty", layer: "principals", does: "watches what its sessions do" },
        { service: "detective", layer: "principals", does: "keeps its behavior for a year" },
      ],
    },
    {
      title: "VPC",
      service: "ec2",
      resource: /^vpc\/vpc-/,
      policies: ["DECLARATIVE_POLICY_EC2", "TAG_POLICY"],
      controls: [
        { service: "cloudtrail", layer: "account", does: "records who calls its API" },
        { service: "config", layer: "account", does: "records its configuration" },
        { service: "securityhub", layer: "account", does: "checks it against standards" },
        { service: "ec2", layer: "network infrastructure", does: "blocks public access" },
        { service: "fms", layer: "network infrastructure", does: "keeps firewalls and groups" },
        { service: "guardduty", layer: "network infrastructure", does: "watches its traffic" },
        { service: "ram", layer: "network infrastructure", does: "shares its subnets" },
        { service: "detective", layer: "network infrastructure", does: "keeps its flows" },
      ],
    },
    {
      title: "Lambda function",
      service: "lambda",
      resource: /^function:/,
      policies: ["TAG_POLICY", "INSPECTOR_POLICY"],
      controls: [
        { service: "cloudtrail", layer: "account", does: "records who calls its API" },
        { service: "config", layer: "account", does: "records its configuration" },
        { service: "securityhub", layer: "account", does: "checks it against standards" },
        { service: "access-analyzer", layer: "resources", does: "finds access from outside" },
        { service: "guardduty", layer: "resources", does: "watches its network activity" },
        { service: "inspector2", layer: "resources", does: "finds vulnerabilities" },
      ],
    },
    {
      title: "KMS key",
      service: "kms",
      resource: /^key\//,
      policies: ["TAG_POLICY"],
      controls: [
        { service: "cloudtrail", layer: "account", does: "records who uses it" },
        { service: "config", layer: "account", does: "records its configuration" },
        { service: "securityhub", layer: "account", does: "checks it against standards" },
        { service: "access-analyzer", layer: "resources", does: "finds access from outside" },
      ],
    },
    {
      title: "resource",
      service: "",
      resource: /^/,
      policies: ["TAG_POLICY"],
      controls: [
        { service: "cloudtrail", layer: "account", does: "records who calls its API" },
        { service: "config", layer: "account", does: "records its configuration" },
        { service: "securityhub", layer: "account", does: "checks it against standards" },
        { service: "guardduty", layer: "account", does: "watches who calls its API" },
      ],
    },
  ],
};
