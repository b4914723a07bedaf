import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** A protection plan of Amazon GuardDuty, as the API calls features. */
export interface GuardDutyFeature {
  readonly name: string;
  /** Whether a new detector has it on. */
  readonly onByDefault: boolean;
  /** Names of its additional configurations, such as the management of its agents. */
  readonly additional: readonly string[];
  /** Key of a GuardDuty policy that manages it; absent when none can. */
  readonly policyKey?: string;
  /** Whether the organization's configuration and members have it, or detectors alone. */
  readonly forMembers: boolean;
  /** AWS put another in its place; it is shown, and never set. */
  readonly replacedBy?: string;
}

/** Facts of Amazon GuardDuty. */
export const guardDutyFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  readonly regions: ServiceRegions;
  readonly features: readonly GuardDutyFeature[];
  /** Accounts in one call on members. */
  readonly batchSize: number;
  /** Items of a page of any list. */
  readonly pageSize: number;
  /** Members of one administrator in a Region. */
  readonly maxMembers: number;
  /** How long AWS takes to bring a setting for all members to all of them, at most. */
  readonly autoEnableHours: number;
  readonly listFormats: readonly string[];
  readonly publishingFrequencies: readonly string[];
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html; " +
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_guardduty_syntax.html; " +
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html; AWS SDK 3.1169",
  principal: "guardduty.amazonaws.com",
  regions: everyRegion,
  features: [
    {
      name: "S3_DATA_EVENTS",
      onByDefault: true,
      additional: [],
      policyKey: "s3_data_events",
      forMembers: true,
    },
    {
      name: "EKS_AUDIT_LOGS",
      onByDefault: true,
      additional: [],
      policyKey: "eks_audit_logs",
      forMembers: true,
    },
    {
      name: "EBS_MALWARE_PROTECTION",
      onByDefault: true,
      additional: [],
      policyKey: "ebs_malware_protection",
      forMembers: true,
    },
    {
      name: "RDS_LOGIN_EVENTS",
      onByDefault: true,
      additional: ["RDS_DATA_RISK"],
      policyKey: "rds_login_events",
      forMembers: true,
    },
    {
      name: "EKS_RUNTIME_MONITORING",
      onByDefault: false,
      additional: ["EKS_ADDON_MANAGEMENT"],
      forMembers: true,
      replacedBy: "RUNTIME_MONITORING",
    },
    {
      name: "LAMBDA_NETWORK_LOGS",
      onByDefault: true,
      additional: [],
      policyKey: "lambda_network_logs",
      forMembers: true,
    },
    {
      name: "RUNTIME_MONITORING",
      onByDefault: false,
      additional: ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"],
      policyKey: "runtime_monitoring",
      forMembers: true,
    },
    {
      name: "AI_PROTECTION",
      onByDefault: false,
      additional: [],
      policyKey: "ai_protection",
      forMembers: true,
    },
    { name: "AI_ANALYST", onByDefault: false, additional: [], forMembers: false },
  ],
  batchSize: 50,
  pageSize: 50,
  maxMembers: 50_000,
  autoEnableHours: 24,
  listFormats: ["TXT", "STIX", "OTX_CSV", "ALIEN_VAULT", "PROOF_POINT", "FIRE_EYE"],
  publishingFrequencies: ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"],
};
