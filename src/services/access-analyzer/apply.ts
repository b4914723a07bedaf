import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";

/** The changes of IAM Access Analyzer, by operation. */
export const accessAnalyzerChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateAnalyzer: changeHandler("access-analyzer", "CreateAnalyzer", {
    observe: observeAnalyzer,
    idOf: ({ arn }) => arn,
    // Trusted access and the administrator that were just made are not known everywhere at once.
    eventual: ["AccessDeniedException"],
    already: ["ConflictException"],
  }),
  DeleteAnalyzer: changeHandler("access-analyzer", "DeleteAnalyzer", { observe: observeAnalyzer }),
  CreateArchiveRule: changeHandler("access-analyzer", "CreateArchiveRule", {
    observe: observeArchiveRule,
    already: ["ConflictException"],
  }),
  UpdateArchiveRule: changeHandler("access-analyzer", "UpdateArchiveRule", {
    observe: observeArchiveRule,
  }),
};

async function observeAnalyzer(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  return absentAsNull(async () => {
    const { analyzer } = await aws.call(
      "access-analyzer",
      "GetAnalyzer",
      { analyzerName: String(input.analyzerName) },
      how,
    );
    const age = analyzer?.configuration?.unusedAccess?.unusedAccessAge;
    return { type: analyzer?.type ?? "", ...(age === undefined ? {} : { unusedAccessAge: age }) };
  });
}

async function observeArchiveRule(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  return absentAsNull(async () => {
    const { archiveRule } = await aws.call(
      "access-analyzer",
      "GetArchiveRule",
      { analyzerName: String(input.analyzerName), ruleName: String(input.ruleName) },
      how,
    );
    return { filter: (archiveRule?.filter ?? {}) as JsonObject };
  });
}

async function absentAsNull(read: () => Promise<JsonObject>): Promise<JsonObject | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "ResourceNotFoundException")
      return null;
    throw error;
  }
}
