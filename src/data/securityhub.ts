import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** A security standard of Security Hub CSPM. */
export interface SecurityHubStandard {
  /** By which a file names it: `NAME/v/VERSION`. */
  readonly id: string;
  readonly title: string;
  /** Whether its ARN names a Region. The oldest one's does not. */
  readonly arn: "regional" | "ruleset";
  /** Whether it is switched on with Security Hub, if not asked otherwise. */
  readonly default: boolean;
}

/**
 * Facts of Security Hub: page and batch sizes, limits, standards.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub_limits.html
 */
export const securityHubFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly pageSizes: {
    readonly administrators: number;
    readonly members: number;
    readonly policies: number;
    readonly associations: number;
    readonly standards: number;
    readonly aggregators: number;
    readonly findings: number;
  };
  /** What BatchImportFindings takes at once, and how long a finding is kept without an update. */
  readonly findings: {
    readonly asOf: string;
    readonly source: string;
    readonly perBatch: number;
    readonly maxBytes: number;
    readonly maxBatchBytes: number;
    readonly keptDays: number;
    readonly archivedKeptDays: number;
  };
  readonly batchSizes: { readonly members: number; readonly associations: number };
  readonly maxMembers: number;
  readonly maxConfigurationPolicies: number;
  readonly regions: ServiceRegions;
  readonly principal: string;
  readonly tamperActions: readonly string[];
  readonly standards: readonly SecurityHubStandard[];
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html; models of SDK 3.1169",
  pageSizes: {
    administrators: 10,
    members: 50,
    policies: 100,
    associations: 100,
    standards: 100,
    aggregators: 100,
    findings: 100,
  },
  findings: {
    asOf: "2026-11-23",
    source:
      "https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html, " +
      "https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html",
    perBatch: 100,
    maxBytes: 240_000,
    maxBatchBytes: 6_000_000,
    keptDays: 90,
    archivedKeptDays: 30,
  },
  batchSizes: { members: 50, associations: 100 },
  maxMembers: 10_000,
  maxConfigurationPolicies: 20,
  regions: everyRegion,
  principal: "securityhub.amazonaws.com",
  tamperActions: [
    "securityhub:BatchDisableStandards",
    "securityhub:DeleteAggregatorV2",
    "securityhub:DeleteConfigurationPolicy",
    "securityhub:DeleteFindingAggregator",
    "securityhub:DeleteMembers",
    "securityhub:DisableImportFindingsForProduct",
    "securityhub:DisableOrganizationAdminAccount",
    "securityhub:DisableSecurityHub",
    "securityhub:DisableSecurityHubV2",
    "securityhub:DisassociateFromAdministratorAccount",
    "securityhub:DisassociateFromMasterAccount",
    "securityhub:DisassociateMembers",
    "securityhub:StartConfigurationPolicyDisassociation",
    "securityhub:UpdateAggregatorV2",
    "securityhub:UpdateFindingAggregator",
    "securityhub:UpdateOrganizationConfiguration",
    "securityhub:UpdateStandardsControl",
  ],
  standards: [
    {
      id: "aws-foundational-security-best-practices/v/1.0.0",
      title: "AWS Foundational Security Best Practices v1.0.0",
      arn: "regional",
      default: true,
    },
    {
      id: "aws-resource-tagging-standard/v/1.0.0",
      title: "AWS Resource Tagging Standard v1.0.0",
      arn: "regional",
      default: false,
    },
    {
      id: "cis-aws-foundations-benchmark/v/1.2.0",
      title: "CIS AWS Foundations Benchmark v1.2.0",
      arn: "ruleset",
      default: true,
    },
    {
      id: "cis-aws-foundations-benchmark/v/1.4.0",
      title: "CIS AWS Foundations Benchmark v1.4.0",
      arn: "regional",
      default: false,
    },
    {
      id: "cis-aws-foundations-benchmark/v/3.0.0",
      title: "CIS AWS Foundations Benchmark v3.0.0",
      arn: "regional",
      default: false,
    },
    {
      id: "cis-aws-foundations-benchmark/v/5.0.0",
      title: "CIS AWS Foundations Benchmark v5.0.0",
      arn: "regional",
      default: false,
    },
    {
      id: "nist-800-53/v/5.0.0",
      title: "NIST Special Publication 800-53 Revision 5",
      arn: "regional",
      default: false,
    },
    {
      id: "nist-800-171/v/2.0.0",
      title: "NIST Special Publication 800-171 Revision 2",
      arn: "regional",
      default: false,
    },
    { id: "pci-dss/v/3.2.1", title: "PCI DSS v3.2.1", arn: "regional", default: false },
    { id: "pci-dss/v/4.0.1", title: "PCI DSS v4.0.1", arn: "regional", default: false },
  ],
};
