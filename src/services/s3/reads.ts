import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AccountId } from "../../core/identifiers.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { s3Settings } from "../../data/s3-settings.ts";

/** Reads an account's effective public access block; `null`: it has none. Throws `AwsError`. */
export async function readPublicAccessBlock(
  aws: Aws,
  account: AccountId,
  how: CallOptions,
): Promise<Readonly<Record<string, boolean>> | null> {
  return absentAsNull("NoSuchPublicAccessBlockConfiguration", async () => {
    const input = { AccountId: account };
    const answer = await aws.call("s3-control", "GetPublicAccessBlock", input, how);
    const found = answer.PublicAccessBlockConfiguration ?? {};
    return Object.fromEntries(
      s3Settings.publicAccessMembers.map((name) => [name, found[name] ?? false]),
    );
  });
}

/** Reads a Storage Lens configuration without its ARN; `null`: none. Throws `AwsError`. */
export async function readLens(
  aws: Aws,
  account: AccountId,
  id: string,
  how: CallOptions,
): Promise<JsonObject | null> {
  return absentAsNull("NoSuchConfiguration", async () => {
    const input = { AccountId: account, ConfigId: id };
    const answer = await aws.call("s3-control", "GetStorageLensConfiguration", input, how);
    const { StorageLensArn: _, ...config } = answer.StorageLensConfiguration ?? {};
    return pruned(JSON.parse(JSON.stringify(config)) as JsonObject);
  });
}

/** Without empty members, which XML does not tell from absent ones, but for a level's own. */
export function pruned(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .map(([name, value]): [string, Json] => [name, isJsonObject(value) ? pruned(value) : value])
      .filter(
        ([name, value]) =>
          name === "BucketLevel" || !isJsonObject(value) || Object.keys(value).length > 0,
      ),
  );
}

async function absentAsNull<T>(code: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === code) return null;
    throw error;
  }
}
