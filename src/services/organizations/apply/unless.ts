import { AwsError } from "../../../aws/aws-error.ts";

/** Gives `undefined` in the place of one of those exceptions. */
export async function unless<T>(
  exceptions: readonly string[],
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsError && exceptions.includes(error.details.awsCode ?? "")) {
      return undefined;
    }
    throw error;
  }
}
