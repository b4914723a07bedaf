import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import type { CollectContext } from "../security-service.ts";
import type { IdentityCenterBlock } from "./schema.ts";

/** What is read with: where the instance is, and how it is called. */
export interface Reading {
  readonly context: CollectContext<IdentityCenterBlock>;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly how: CallOptions;
}

/** What a read gives; `null` when AWS says that there is no such thing. */
export async function absentAsNull<T>(read: () => Promise<T | undefined>): Promise<T | null> {
  try {
    return (await read()) ?? null;
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "ResourceNotFoundException") {
      return null;
    }
    throw error;
  }
}

/** The size of a page. */
export const MaxResults: number = identityCenterFacts.pageSize;
