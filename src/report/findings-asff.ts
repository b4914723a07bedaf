import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import type { Finding, FindingStatus, Severity } from "../core/finding.ts";
import { exceptionText } from "./exception-text.ts";
import type { FindingTool } from "./finding-rule.ts";
import { findingTimeMs } from "./finding-time.ts";

/** The Security Hub that findings are meant for. */
export interface AsffHub {
  /**
   * The account that imports the findings. Security Hub takes findings of the default product only
   * of the caller's own account; the account that a finding is about is its resource.
   */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

const labels: Readonly<Record<Severity, "CRITICAL" | "HIGH" | "MEDIUM" | "LOW" | "INFORMATIONAL">> =
  {
    critical: "CRITICAL",
    high: "HIGH",
    medium: "MEDIUM",
    low: "LOW",
    info: "INFORMATIONAL",
  };

const statuses: Readonly<Record<FindingStatus, "PASSED" | "FAILED" | "NOT_AVAILABLE">> = {
  pass: "PASSED",
  fail: "FAILED",
  unknown: "NOT_AVAILABLE",
  "not-applicable": "NOT_AVAILABLE",
};

/** Longest texts that BatchImportFindings takes. */
const most: Readonly<
  Record<"title" | "description" | "remedy" | "field" | "requirements" | "id" | "region", number>
> = {
  title: 256,
  description: 1_024,
  remedy: 512,
  field: 2_048,
  requirements: 32,
  id: 512,
  region: 16,
};

/**
 * A finding in the AWS Security Finding Format, as BatchImportFindings takes it. The same finding
 * has the same id, so that it is updated and not doubled when it is sent again.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export function asffFinding(finding: Finding, tool: FindingTool, hub: AsffHub): AwsSecurityFinding {
  const { account, region, partition } = hub;
  const time = new Date(findingTimeMs(finding, tool)).toISOString();
  const requirements = Object.entries(finding.compliance ?? {}).flatMap(([name, ids]) =>
    ids.map((id) => `${name} ${id}`),
  );
  return {
    SchemaVersion: "2018-10-08",
    Id: `orgrail/${finding.id}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `orgrail/${finding.rule}`,
    AwsAccountId: account,
    Types: [
      tool.kind === "detection"
        ? "TTPs/Defense Evasion"
        : "Software and Configuration Checks/AWS Security Best Practices",
    ],
    CreatedAt: time,
    UpdatedAt: time,
    Severity: { Label: labels[finding.severity], Original: finding.severity },
    Title: cut(finding.title, most.title),
    Description: cut(finding.message, most.description),
    Remediation: { Recommendation: { Text: cut(finding.remedy, most.remedy) } },
    ProductFields: fields(finding),
    Resources: [resource(finding, hub)],
    ...(tool.kind === "compliance"
      ? {
          Compliance: {
            Status: statuses[finding.status],
            ...(requirements.length === 0
              ? {}
              : { RelatedRequirements: requirements.slice(0, most.requirements) }),
          },
        }
      : {}),
    Workflow: { Status: finding.exception === undefined ? "NEW" : "SUPPRESSED" },
    RecordState: "ACTIVE",
  };
}

/** The findings as one JSON array. */
export function renderFindingsAsff(
  findings: readonly Finding[],
  tool: FindingTool,
  hub: AsffHub,
): string {
  const all = findings.map((finding) => asffFinding(finding, tool, hub));
  return `${JSON.stringify(all, null, 2)}\n`;
}

function resource(
  finding: Finding,
  { partition }: AsffHub,
): NonNullable<AwsSecurityFinding["Resources"]>[number] {
  const about = {
    Partition: partition as "aws" | "aws-cn" | "aws-us-gov",
    ...(finding.region === undefined ? {} : { Region: cut(finding.region, most.region) }),
  };
  if (finding.resource?.startsWith("arn:") === true) {
    return { Type: "Other", Id: cut(finding.resource, most.id), ...about };
  }
  const id = finding.account === undefined ? "unknown" : `AWS::::Account:${finding.account}`;
  return { Type: "AwsAccount", Id: cut(id, most.id), ...about };
}

function fields(finding: Finding): Record<string, string> {
  const own: readonly (readonly [string, string | undefined])[] = [
    ["orgrail/account", finding.account],
    ["orgrail/accountName", finding.accountName],
    ["orgrail/principal", finding.principal],
    ["orgrail/resource", finding.resource],
    ["orgrail/exception", finding.exception && exceptionText(finding.exception)],
    ["orgrail/event", finding.evidence.find(({ source }) => source !== undefined)?.source],
  ];
  return Object.fromEntries(
    own.flatMap(([name, value]) =>
      value === undefined || value === "" ? [] : [[name, cut(value, most.field)]],
    ),
  );
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}
