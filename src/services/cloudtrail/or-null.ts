import { AwsError } from "../../aws/aws-error.ts";

/** What a read gives, or `null` when AWS answers by one of those names that there is nothing. */
export async function orNull<T>(
  names: readonly string[],
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsError && names.includes(error.details.awsCode ?? "")) return null;
    throw error;
  }
}
