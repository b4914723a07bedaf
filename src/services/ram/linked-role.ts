import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { ramFacts } from "../../data/ram.ts";

/** The name on the wire, and the SDK's. */
const absent: ReadonlySet<string> = new Set(["NoSuchEntity", "NoSuchEntityException"]);

/** Whether the caller's account has Resource Access Manager's role. Throws `AwsError`. */
export async function hasLinkedRole(aws: Aws, { signal }: CallOptions): Promise<boolean> {
  try {
    const how = signal === undefined ? {} : { signal };
    await aws.call("iam", "GetRole", { RoleName: ramFacts.linkedRole }, how);
    return true;
  } catch (error) {
    if (error instanceof AwsError && absent.has(error.details.awsCode ?? "")) return false;
    throw error;
  }
}
