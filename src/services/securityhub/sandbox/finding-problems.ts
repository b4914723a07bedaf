import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";

/** Longest texts and most items of a finding. */
const most = { Id: 512, GeneratorId: 512, Title: 256, Description: 1024, Resources: 32, Types: 50 };

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;
const type =
  /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[^/]+){0,2}$/;

/**
 * What is wrong with a finding by the AWS Security Finding Format; `undefined`: nothing.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
 */
export function findingProblem(finding: AwsSecurityFinding): string | undefined {
  const { Severity, FindingProviderFields, Resources = [], Types = [], Compliance } = finding;
  const checks: readonly (readonly [string, boolean])[] = [
    ["SchemaVersion", finding.SchemaVersion === "2018-10-08"],
    ["Id", fits(finding.Id, most.Id)],
    ["GeneratorId", fits(finding.GeneratorId, most.GeneratorId)],
    ["Title", fits(finding.Title, most.Title)],
    ["Description", fits(finding.Description, most.Description)],
    ["AwsAccountId", /^\d{12}$/.test(finding.AwsAccountId ?? "")],
    ["CreatedAt", isTime(finding.CreatedAt)],
    ["UpdatedAt", isTime(finding.UpdatedAt)],
    ["FirstObservedAt", finding.FirstObservedAt === undefined || isTime(finding.FirstObservedAt)],
    ["LastObservedAt", finding.LastObservedAt === undefined || isTime(finding.LastObservedAt)],
    ["Resources", Resources.length >= 1 && Resources.length <= most.Resources],
    ["Resources.Id", Resources.every(({ Id, Type }) => fits(Id, 512) && fits(Type, 256))],
    ["Types", Types.length <= most.Types && Types.every((one) => type.test(one))],
    [
      "Severity",
      [Severity?.Label, Severity?.Normalized, FindingProviderFields?.Severity?.Label].some(
        (one) => one !== undefined,
      ),
    ],
    ["Remediation", fits(finding.Remediation?.Recommendation?.Text ?? "x", 512)],
    ["Compliance.RelatedRequirements", (Compliance?.RelatedRequirements ?? []).length <= 32],
    ["ProductFields", Object.keys(finding.ProductFields ?? {}).length <= 50],
  ];
  const wrong = checks.find(([, isGood]) => !isGood)?.[0];
  return wrong === undefined ? undefined : `Finding does not adhere to ASFF: data.${wrong}`;
}

function fits(text: string | undefined, length: number): boolean {
  return text !== undefined && text !== "" && text.length <= length;
}

function isTime(text: string | undefined): boolean {
  return text !== undefined && time.test(text) && !Number.isNaN(Date.parse(text));
}
