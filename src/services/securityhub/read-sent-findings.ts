import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import type { Aws, CallOptions } from "../../aws/aws.ts";
import { securityHubFacts } from "../../data/securityhub.ts";

/** Which findings are looked for. */
export interface SentFilter {
  readonly productArn: string;
  /** What their `GeneratorId` begins with. */
  readonly generator: string;
  /** What one of their `Types` begins with. */
  readonly type: string;
}

/** The active findings that were sent before. Throws `AwsError`. */
export async function readSentFindings(
  aws: Aws,
  { productArn, generator, type }: SentFilter,
  how: CallOptions,
): Promise<readonly AwsSecurityFinding[]> {
  const found: AwsSecurityFinding[] = [];
  const input = {
    Filters: {
      ProductArn: [{ Comparison: "EQUALS" as const, Value: productArn }],
      GeneratorId: [{ Comparison: "PREFIX" as const, Value: generator }],
      Type: [{ Comparison: "PREFIX" as const, Value: type }],
      RecordState: [{ Comparison: "EQUALS" as const, Value: "ACTIVE" }],
    },
    MaxResults: securityHubFacts.pageSizes.findings,
  };
  for await (const page of aws.pages("securityhub", "GetFindings", input, how)) {
    found.push(...(page.Findings ?? []));
  }
  return found;
}
