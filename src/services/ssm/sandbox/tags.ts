import type {
  AddTagsToResourceCommandInput,
  AddTagsToResourceCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  RemoveTagsFromResourceCommandInput,
  RemoveTagsFromResourceCommandOutput,
} from "@aws-sdk/client-ssm";
import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { baselineId } from "./baseline-ids.ts";
import { type Served, stateOf } from "./state.ts";

/** Tags of a patch baseline, which is what the sandbox knows of things that have them. */
function tagsOf(
  context: HandlerContext,
  input: { readonly ResourceType?: string | undefined; readonly ResourceId?: string | undefined },
): Map<string, string> {
  const { ResourceType = "", ResourceId } = input;
  if (ResourceType !== "PatchBaseline") {
    throw new ServiceError("InvalidResourceType", `The resource type ${ResourceType} isn't valid.`);
  }
  const record = stateOf(context).baselines?.get(baselineId(ResourceId));
  if (record === undefined) {
    throw new ServiceError("InvalidResourceId", `The resource ID ${ResourceId ?? ""} isn't valid.`);
  }
  return record.tags;
}

/** AddTagsToResource. */
export const addTagsToResource: Served<
  AddTagsToResourceCommandInput,
  AddTagsToResourceCommandOutput
> = (context, input) => {
  const tags = tagsOf(context, input);
  for (const { Key = "", Value = "" } of input.Tags ?? []) tags.set(Key, Value);
  return {};
};

/** RemoveTagsFromResource. */
export const removeTagsFromResource: Served<
  RemoveTagsFromResourceCommandInput,
  RemoveTagsFromResourceCommandOutput
> = (context, input) => {
  const tags = tagsOf(context, input);
  for (const key of input.TagKeys ?? []) tags.delete(key);
  return {};
};

/** ListTagsForResource. */
export const listTagsForResource: Served<
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput
> = (context, input) => ({
  TagList: [...tagsOf(context, input)].map(([Key, Value]) => ({ Key, Value })),
});
