import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { createPool } from "../../aws/pool.ts";
import { securityHubFacts } from "../../data/securityhub.ts";

/** A finding that Security Hub did not take. */
export interface UnsentFinding {
  readonly id: string;
  /** Of AWS, such as `InvalidInput`; `TooLarge` when it was not even tried. */
  readonly code: string;
  readonly message: string;
}

/** What became of findings. */
export interface SentFindings {
  readonly sent: number;
  /** In the order in which they were given. */
  readonly unsent: readonly UnsentFinding[];
  /** The failed call that ended it early; what was left is among the unsent. */
  readonly error?: AwsError;
}

const { perBatch, maxBytes, maxBatchBytes } = securityHubFacts.findings;

/** How many batches are under way at one time; their rate is the limiter's concern. */
const atOnce = 4;

/**
 * Imports findings into the Security Hub of the account and Region that `how` names, which must be
 * those of the findings' product. Batches are as large as AWS takes them. One that is sent again
 * updates what is there, if its `UpdatedAt` is later. A call that fails never throws: its findings
 * are unsent, and after a denial the others are not tried. Throws only when it was interrupted.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export async function sendFindings(
  aws: Aws,
  findings: readonly AwsSecurityFinding[],
  how: CallOptions = {},
): Promise<SentFindings> {
  const { batches, tooLarge } = batchesOf(findings);
  const unsent = new Map<string, UnsentFinding>(tooLarge.map((one) => [one.id, one]));
  const pool = createPool(atOnce);
  let sent = 0;
  let error: AwsError | undefined;
  const failed = (batch: readonly AwsSecurityFinding[], { details, message }: AwsError): void => {
    for (const { Id: id = "" } of batch) {
      unsent.set(id, { id, code: details.awsCode ?? details.kind, message });
    }
  };
  await Promise.all(
    batches.map((batch) =>
      pool(async () => {
        if (error !== undefined) return failed(batch, error);
        try {
          const answer = await aws.call(
            "securityhub",
            "BatchImportFindings",
            { Findings: [...batch] },
            // The same finding with the same time is taken once.
            { ...how, idempotent: true },
          );
          sent += answer.SuccessCount ?? 0;
          for (const one of answer.FailedFindings ?? []) {
            const { Id: id = "", ErrorCode: code = "", ErrorMessage: message = "" } = one;
            unsent.set(id, { id, code, message });
          }
        } catch (thrown) {
          if (!(thrown instanceof AwsError) || thrown.kind === "interrupted") throw thrown;
          if (isFinal(thrown)) error = thrown;
          failed(batch, thrown);
        }
      }),
    ),
  );
  return {
    sent,
    unsent: findings.flatMap(({ Id }) => unsent.get(Id ?? "") ?? []),
    ...(error === undefined ? {} : { error }),
  };
}

/** Whether what failed will fail for every other batch, too. */
function isFinal({ kind, details }: AwsError): boolean {
  const isClosed = details.awsCode === "InvalidAccessException";
  return isClosed || !["server", "network", "throttled", "refused", "conflict"].includes(kind);
}

function batchesOf(findings: readonly AwsSecurityFinding[]): {
  readonly batches: readonly (readonly AwsSecurityFinding[])[];
  readonly tooLarge: readonly UnsentFinding[];
} {
  const batches: AwsSecurityFinding[][] = [];
  const tooLarge: UnsentFinding[] = [];
  let batch: AwsSecurityFinding[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding));
    if (size > maxBytes) {
      const message = `the finding has ${size} bytes; Security Hub takes ${maxBytes}`;
      tooLarge.push({ id: finding.Id ?? "", code: "TooLarge", message });
      continue;
    }
    if (batch.length === perBatch || bytes + size > maxBatchBytes) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(finding);
    bytes += size + 1;
  }
  if (batch.length > 0) batches.push(batch);
  return { batches, tooLarge };
}
