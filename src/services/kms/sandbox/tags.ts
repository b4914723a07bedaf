import type {
  ListResourceTagsCommandInput,
  ListResourceTagsCommandOutput,
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-kms";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { findKey, findUsableKey, type KeyRecord } from "./state.ts";

/** Most tags of a key. */
const maxTags = 50;

/** Adds tags to a key. Throws `TagException`, `LimitExceededException`. */
export function addTags(key: KeyRecord, tags: readonly Tag[] | undefined): void {
  const keys = (tags ?? []).map(({ TagKey }) => TagKey);
  if (new Set(keys).size < keys.length || keys.some((tag) => tag?.startsWith("aws:"))) {
    throw new ServiceError("TagException", "Invalid tags");
  }
  if (new Set([...key.tags.keys(), ...keys]).size > maxTags) {
    throw new ServiceError("LimitExceededException", "Too many tags");
  }
  for (const { TagKey = "", TagValue = "" } of tags ?? []) key.tags.set(TagKey, TagValue);
}

const tagResource: Served<TagResourceCommandInput, TagResourceCommandOutput> = (context, input) => {
  addTags(findUsableKey(context, input.KeyId), input.Tags);
  return {};
};

const untagResource: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = (
  context,
  input,
) => {
  const key = findUsableKey(context, input.KeyId);
  for (const tag of input.TagKeys ?? []) key.tags.delete(tag);
  return {};
};

const listResourceTags: Served<ListResourceTagsCommandInput, ListResourceTagsCommandOutput> = (
  context,
  input,
) => {
  const { tags } = findKey(context, input.KeyId);
  const { items, ...rest } = page([...tags], input, 50);
  return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...rest };
};

/** Operations on tags. */
export const tagHandlers: Readonly<Record<string, AnyHandler>> = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListResourceTags: listResourceTags,
};
