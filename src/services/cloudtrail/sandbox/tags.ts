import type {
  AddTagsCommandInput,
  AddTagsCommandOutput,
  ListTagsCommandInput,
  ListTagsCommandOutput,
  RemoveTagsCommandInput,
  RemoveTagsCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { eventDataStore } from "./event-data-stores.ts";
import { findOwnTrail } from "./find-trail.ts";
import type { Served } from "./served.ts";
import { setTags, type Tagged } from "./set-tags.ts";
import { trailsSlot } from "./state.ts";

const addTags: Served<AddTagsCommandInput, AddTagsCommandOutput> = (context, input) => {
  setTags(findTagged(context, input.ResourceId), input.TagsList);
  return {};
};

const removeTags: Served<RemoveTagsCommandInput, RemoveTagsCommandOutput> = (context, input) => {
  const { tags } = findTagged(context, input.ResourceId);
  for (const { Key = "" } of input.TagsList ?? []) tags.delete(Key);
  return {};
};

const listTags: Served<ListTagsCommandInput, ListTagsCommandOutput> = (context, input) => ({
  ResourceTagList: (input.ResourceIdList ?? []).map((id) => ({
    ResourceId: id,
    TagsList: [...findTagged(context, id).tags].map(([Key, Value]) => ({ Key, Value })),
  })),
});

function findTagged(context: HandlerContext, arn: string | undefined): Tagged {
  const id = arn ?? "";
  if (!id.startsWith("arn:")) {
    throw new ServiceError("CloudTrailARNInvalidException", `Invalid ARN: ${id}`);
  }
  if (id.includes(":eventdatastore/")) return eventDataStore(context, id);
  if (!context.world.state(trailsSlot).trails.has(id)) {
    throw new ServiceError("ResourceNotFoundException", `Resource not found: ${id}`);
  }
  return findOwnTrail(context, id);
}

/** Operations on tags. */
export const tagHandlers: Readonly<Record<string, AnyHandler>> = {
  AddTags: addTags,
  RemoveTags: removeTags,
  ListTags: listTags,
};
