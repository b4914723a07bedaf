import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { Input } from "../../aws/operations.ts";
import type { JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";
import { orNull } from "./or-null.ts";
import { readKey } from "./read.ts";

/** Changes of the log archive's key. */
export const keyChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateKey: changeHandler("kms", "CreateKey", {
    observe: observeKey,
    input: ({ input }) =>
      ({ ...input, Policy: JSON.stringify(input.Policy) }) as Input<"kms", "CreateKey">,
    idOf: ({ KeyMetadata }) => KeyMetadata?.Arn,
  }),
  CreateAlias: changeHandler("kms", "CreateAlias", {
    observe: async ({ aws }, { input }, how) => {
      const found = await orNull(["NotFoundException"], () =>
        aws.call("kms", "DescribeKey", { KeyId: String(input.AliasName) }, how),
      );
      return found === null ? null : { key: found.KeyMetadata?.Arn ?? "" };
    },
    already: ["AlreadyExistsException"],
    eventual: ["NotFoundException"],
  }),
  PutKeyPolicy: changeHandler("kms", "PutKeyPolicy", {
    observe: async ({ aws }, { input }, how) => {
      const key = await readKey(aws, String(input.KeyId), how);
      return key === null ? null : { policy: key.policy ?? "" };
    },
  }),
  EnableKeyRotation: changeHandler("kms", "EnableKeyRotation", {
    observe: observeRotation,
    eventual: ["NotFoundException"],
  }),
  DisableKeyRotation: changeHandler("kms", "DisableKeyRotation", { observe: observeRotation }),
};

/**
 * The key that an earlier, interrupted apply made: by then it may have no alias, and a key cannot
 * be asked for by its description, so that all keys of the account are looked at.
 */
async function observeKey(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<Observation> {
  const description = String(input.Description);
  const arn = await keyDescribed(aws, description, how);
  return arn === undefined ? { facet: null } : { facet: { description }, id: arn };
}

async function keyDescribed(
  aws: Aws,
  description: string,
  how: CallOptions,
): Promise<string | undefined> {
  for await (const page of aws.pages("kms", "ListKeys", {}, how)) {
    for (const { KeyArn: arn = "" } of page.Keys ?? []) {
      const { KeyMetadata: key } = await aws.call("kms", "DescribeKey", { KeyId: arn }, how);
      if (key?.Description === description && key.KeyState === "Enabled") return arn;
    }
  }
  return undefined;
}

async function observeRotation(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const answer = await orNull(["NotFoundException"], () =>
    aws.call("kms", "GetKeyRotationStatus", { KeyId: String(input.KeyId) }, how),
  );
  return answer === null ? null : { rotation: answer.KeyRotationEnabled === true };
}
