import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { ReadStack } from "./patch-policy-facet.ts";

/** Reads a stack by its name; `null` when there is none. Throws `AwsError`. */
export async function readStack(
  aws: Aws,
  StackName: string,
  how: CallOptions,
): Promise<(ReadStack & { readonly reason: string }) | null> {
  try {
    const [answer, template] = await Promise.all([
      aws.call("cloudformation", "DescribeStacks", { StackName }, how),
      aws.call("cloudformation", "GetTemplate", { StackName }, how),
    ]);
    const [stack] = answer.Stacks ?? [];
    const status = String(stack?.StackStatus ?? "");
    if (stack === undefined || status === "DELETE_COMPLETE") return null;
    return {
      status,
      reason: stack.StackStatusReason ?? "",
      template: template.TemplateBody ?? "",
      parameters: Object.fromEntries(
        (stack.Parameters ?? []).map(({ ParameterKey = "", ParameterValue = "" }) => [
          ParameterKey,
          ParameterValue,
        ]),
      ),
    };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** CloudFormation has one name for all that is wrong with a request; its message tells. */
function isMissing(error: unknown): boolean {
  return (
    error instanceof AwsError &&
    error.details.awsCode === "ValidationError" &&
    /does not exist/.test(error.details.said)
  );
}
