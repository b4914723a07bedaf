import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-guardduty";
import { parseArn } from "../../../core/identifiers.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { settledState } from "./administration.ts";
import { badRequest, invalidValue, messages } from "./errors.ts";
import type { Served } from "./served.ts";
import type { ListKind } from "./state.ts";

/** Something that has tags. */
interface Tagged {
  tags: Readonly<Record<string, string>>;
}

const listTagsForResource: Served<
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput
> = (context, input) => ({ Tags: { ...tagged(context, input.ResourceArn).tags } });

const tagResource: Served<TagResourceCommandInput, TagResourceCommandOutput> = (context, input) => {
  const resource = tagged(context, input.ResourceArn);
  const tags = { ...resource.tags, ...input.Tags };
  if (Object.keys(tags).length > 50) throw invalidValue();
  resource.tags = tags;
  return {};
};

const untagResource: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = (
  context,
  input,
) => {
  const resource = tagged(context, input.ResourceArn);
  const gone = new Set(input.TagKeys);
  resource.tags = Object.fromEntries(
    Object.entries(resource.tags).filter(([key]) => !gone.has(key)),
  );
  return {};
};

/** A detector, or something that belongs to one, by ARN. */
function tagged({ world, caller, region }: HandlerContext, arn: string | undefined): Tagged {
  const parsed = parseArn(arn ?? "");
  const [kind, detectorId, part, id = ""] = parsed?.resource.split("/") ?? [];
  if (parsed?.service !== "guardduty" || kind !== "detector") throw invalidValue();
  const isOwn = parsed.account === caller.account && parsed.region === region;
  const state = settledState(world, caller.account, region);
  if (!isOwn || state.detector?.id !== detectorId) throw badRequest(messages.foreignDetector);
  const resource =
    part === undefined
      ? state.detector
      : part === "filter"
        ? state.filters?.get(id)
        : part === "publishingdestination"
          ? state.destinations?.get(id)
          : state.lists?.get(part as ListKind)?.get(id);
  if (resource === undefined) throw badRequest(messages.noSuchResource);
  return resource;
}

/** Operations on tags. */
export const tagHandlers: Readonly<Record<string, AnyHandler>> = {
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
