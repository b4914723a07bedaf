import type {
  AwsSecurityFinding,
  AwsSecurityFindingFilters,
  StringFilter,
} from "@aws-sdk/client-securityhub";
import { invalidInput } from "./errors.ts";

type Values = (finding: AwsSecurityFinding) => readonly (string | undefined)[];

/** The text filters that are served, by the values that they look at. */
const served: Readonly<Partial<Record<keyof AwsSecurityFindingFilters, Values>>> = {
  AwsAccountId: ({ AwsAccountId }) => [AwsAccountId],
  ComplianceStatus: ({ Compliance }) => [Compliance?.Status],
  GeneratorId: ({ GeneratorId }) => [GeneratorId],
  Id: ({ Id }) => [Id],
  ProductArn: ({ ProductArn }) => [ProductArn],
  RecordState: ({ RecordState }) => [RecordState],
  Region: ({ Region }) => [Region],
  ResourceId: ({ Resources = [] }) => Resources.map(({ Id }) => Id),
  SeverityLabel: ({ Severity }) => [Severity?.Label],
  Title: ({ Title }) => [Title],
  Type: ({ Types = [] }) => Types,
  WorkflowStatus: ({ Workflow }) => [Workflow?.Status],
};

const most = 20;

/** Whether findings fit filters: all of the fields, any of a field's values, none of its negations. */
export function findingFilter(
  filters: AwsSecurityFindingFilters = {},
): (finding: AwsSecurityFinding) => boolean {
  const given = Object.entries(filters).filter(([, list]) => list !== undefined);
  const tests = given.map(([name, list]) => {
    const values = served[name as keyof AwsSecurityFindingFilters];
    if (values === undefined) {
      throw invalidInput(`the sandbox does not serve the filter ${name} of findings`);
    }
    const wanted = list as readonly StringFilter[];
    if (wanted.length > most) throw invalidInput(`Filter ${name} has more than ${most} values`);
    const positive = wanted.filter(({ Comparison }) => !isNegative(Comparison));
    const negative = wanted.filter(({ Comparison }) => isNegative(Comparison));
    return (finding: AwsSecurityFinding): boolean => {
      const found = values(finding).filter((one) => one !== undefined);
      return (
        (positive.length === 0 || positive.some((one) => found.some((text) => holds(one, text)))) &&
        negative.every((one) => !found.some((text) => holds(one, text)))
      );
    };
  });
  return (finding) => tests.every((test) => test(finding));
}

function isNegative(comparison: string | undefined): boolean {
  return comparison?.includes("NOT") === true;
}

/** Whether a filter's value is there; of a negation, what it negates. */
function holds({ Comparison, Value = "" }: StringFilter, text: string): boolean {
  switch (Comparison) {
    case "EQUALS":
    case "NOT_EQUALS":
      return text === Value;
    case "PREFIX":
    case "PREFIX_NOT_EQUALS":
      return text.startsWith(Value);
    case "CONTAINS":
    case "NOT_CONTAINS":
      return text.includes(Value);
    default:
      throw invalidInput(`Invalid parameter 'Comparison': ${Comparison}`);
  }
}
