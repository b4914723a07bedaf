import type { AccountId } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** What was read of S3. What is absent was not read. */
export interface S3State {
  /** Accounts whose effective S3 policy blocks public access; computed, not read. */
  readonly byPolicy?: Readonly<Record<AccountId, boolean>>;
  /** The four members of an account's block; `null`: it has none. */
  readonly byAccount: Readonly<Record<AccountId, Readonly<Record<string, boolean>> | null>>;
  /** Accounts that Config found to block all public access when its rule ran last; sorted. */
  readonly provenBlocks?: readonly AccountId[];
  /** The Storage Lens of the block's name as the API has it, without its ARN; `null`: none. */
  readonly lens?: JsonObject | null;
  /** Other configurations beside it. */
  readonly otherLenses: readonly { readonly id: string; readonly arn: string }[];
}
