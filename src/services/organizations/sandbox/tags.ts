import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { type Call, checkRead } from "./access.ts";
import { constraintViolation, failure, invalidInput } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { TagMap } from "./state.ts";
import { identifier, inputRequired, tagKey, tagMap } from "./validate.ts";

/** TagResource: adds tags and replaces the values of those there are. */
export function tagResource(
  call: Call,
  input: TagResourceCommandInput,
): Served<TagResourceCommandOutput> {
  const tags = taggable(call, input.ResourceId, true);
  if (input.Tags === undefined) throw inputRequired();
  const added = tagMap(input.Tags);
  checkTagCount(new Map([...tags, ...added]));
  for (const [key, value] of added) tags.set(key, value);
  return {};
}

/** UntagResource: keys that are not there are passed over. */
export function untagResource(
  call: Call,
  input: UntagResourceCommandInput,
): Served<UntagResourceCommandOutput> {
  const tags = taggable(call, input.ResourceId, true);
  if (input.TagKeys === undefined) throw inputRequired();
  for (const key of input.TagKeys.map(tagKey)) tags.delete(key);
  return {};
}

/** ListTagsForResource. */
export function listTagsForResource(
  call: Call,
  input: ListTagsForResourceCommandInput,
): Served<ListTagsForResourceCommandOutput> {
  const tags = taggable(call, input.ResourceId, false);
  const list = `${call.operation} ${input.ResourceId}`;
  checkRead(call.organization, list);
  const { items, ...rest } = page(call, list, [...tags.keys()], input, (Key) => ({
    Key,
    Value: tags.get(Key) ?? "",
  }));
  return { Tags: items, ...rest };
}

/** Checks that there are not more tags than one resource may have. */
export function checkTagCount(tags: TagMap): TagMap {
  if (tags.size > organizationsQuotas.tagsPerResource) {
    throw constraintViolation(
      "MAX_TAG_LIMIT_EXCEEDED",
      "You have exceeded the number of tags allowed on this resource.",
    );
  }
  return tags;
}

function taggable({ organization, state }: Call, id: string | undefined, write: boolean): TagMap {
  const resourceId = identifier(id, "taggable");
  const { root, resourcePolicy } = organization;
  const policy = organization.policies.get(resourceId);
  if (policy?.awsManaged && write) {
    throw invalidInput(
      "TARGET_NOT_SUPPORTED",
      "You can't perform the specified operation on that target entity.",
    );
  }
  const transfer = state.transfers.get(resourceId);
  const isOwn = transfer?.targetAccount === organization.managementAccountId;
  const tags =
    policy?.tags ??
    organization.accounts.get(resourceId)?.tags ??
    organization.units.get(resourceId)?.tags ??
    (root.id === resourceId ? root.tags : undefined) ??
    (resourcePolicy?.id === resourceId ? resourcePolicy.tags : undefined) ??
    (isOwn ? transfer?.tags : undefined);
  if (tags === undefined) throw failure("TargetNotFoundException");
  return tags;
}
