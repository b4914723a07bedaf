import type { AwsSecurityFindingIdentifier, WorkflowStatus } from "@aws-sdk/client-securityhub";
import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import { inBatches } from "../kit/batches.ts";
import type { UnsentFinding } from "./send-findings.ts";

/** What is said of findings that are in Security Hub, where imports cannot change it. */
export interface FindingUpdate {
  readonly ids: readonly AwsSecurityFindingIdentifier[];
  readonly workflow: WorkflowStatus;
  readonly note: string;
}

/**
 * Sets the workflow status of findings with a note, a hundred at a time. A call that fails never
 * throws: its findings are unsent. Throws only when it was interrupted.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
export async function updateFindings(
  aws: Aws,
  { ids, workflow, note }: FindingUpdate,
  how: CallOptions = {},
): Promise<readonly UnsentFinding[]> {
  const unsent: UnsentFinding[] = [];
  for (const batch of inBatches(ids, securityHubFacts.findings.perBatch)) {
    try {
      const answer = await aws.call(
        "securityhub",
        "BatchUpdateFindings",
        {
          FindingIdentifiers: [...batch],
          Workflow: { Status: workflow },
          Note: { Text: note, UpdatedBy: "orgrail" },
        },
        { ...how, idempotent: true },
      );
      for (const one of answer.UnprocessedFindings ?? []) {
        const { FindingIdentifier, ErrorCode: code = "", ErrorMessage: message = "" } = one;
        unsent.push({ id: FindingIdentifier?.Id ?? "", code, message });
      }
    } catch (thrown) {
      if (!(thrown instanceof AwsError) || thrown.kind === "interrupted") throw thrown;
      const code = thrown.details.awsCode ?? thrown.kind;
      for (const { Id: id = "" } of batch) unsent.push({ id, code, message: thrown.message });
    }
  }
  return unsent;
}
