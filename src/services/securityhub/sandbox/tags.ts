import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-securityhub";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { notFound } from "./errors.ts";
import { hubArn } from "./hub.ts";
import { callersHub } from "./hub-operations.ts";
import type { Served } from "./served.ts";
import { accountRegion, accountWide } from "./state.ts";

const tagResource: Served<TagResourceCommandInput, TagResourceCommandOutput> = (context, input) => {
  const tags = tagsOf(context, input.ResourceArn);
  for (const [key, value] of Object.entries(input.Tags ?? {})) tags.set(key, value);
  return {};
};

const untagResource: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = (
  context,
  input,
) => {
  const tags = tagsOf(context, input.ResourceArn);
  for (const key of input.TagKeys ?? []) tags.delete(key);
  return {};
};

const listTagsForResource: Served<
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput
> = (context, input) => ({ Tags: Object.fromEntries(tagsOf(context, input.ResourceArn)) });

/** The tags of one of the caller's hubs, aggregators or configuration policies. */
function tagsOf(context: HandlerContext, arn: string | undefined): Map<string, string> {
  const { world, caller, region } = context;
  if (arn === hubArn(caller.account, region)) {
    const { record } = callersHub(context);
    const state = accountRegion(world, caller.account, region);
    state.hub ??= record;
    return state.hub.tags;
  }
  const { v2 } = accountRegion(world, caller.account, region);
  if (v2 !== undefined && arn?.endsWith(`${caller.account}:hubv2/default`) === true) return v2.tags;
  const { aggregator, aggregatorV2, policies } = accountWide(world, caller.account);
  for (const thing of [aggregator, aggregatorV2, ...policies.values()]) {
    if (thing !== undefined && thing.arn === arn) return thing.tags;
  }
  throw notFound(`Resource ${arn} not found`);
}

/** Operations on tags. */
export const tagHandlers: Readonly<Record<string, AnyHandler>> = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
