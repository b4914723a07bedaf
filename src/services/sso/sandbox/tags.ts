import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-sso-admin";
import type { HandlerContext } from "../../../sandbox/service.ts";
import { invalid } from "./errors.ts";
import { instanceOf } from "./instances.ts";
import { page } from "./page.ts";
import { setOf, writableSetOf } from "./permission-sets.ts";
import { allInstances, type Served } from "./state.ts";

interface Tagged {
  readonly InstanceArn?: string | undefined;
  readonly ResourceArn?: string | undefined;
}

/** The tags of a permission set, or of the instance itself. */
function tagsOf(context: HandlerContext, input: Tagged, writes: boolean): Map<string, string> {
  const resource = input.ResourceArn ?? "";
  if (resource.includes(":instance/")) return instanceOf(context, resource).tags;
  const InstanceArn = input.InstanceArn ?? instanceArnOf(context, resource);
  const find = writes ? writableSetOf : setOf;
  return find(context, { InstanceArn, PermissionSetArn: resource }).set.tags;
}

function instanceArnOf({ world }: HandlerContext, resource: string): string | undefined {
  const id = resource.split("/")[1];
  return [...allInstances(world).values()].find((instance) => instance.id === id)?.arn;
}

/** TagResource. */
export const tagResource: Served<TagResourceCommandInput, TagResourceCommandOutput> = (
  context,
  input,
) => {
  const tags = tagsOf(context, input, true);
  for (const { Key = "", Value = "" } of input.Tags ?? []) {
    if (Key.toLowerCase().startsWith("aws:")) throw invalid("Tag keys cannot begin with aws:");
    tags.set(Key, Value);
  }
  return {};
};

/** UntagResource. */
export const untagResource: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = (
  context,
  input,
) => {
  const tags = tagsOf(context, input, true);
  for (const key of input.TagKeys ?? []) tags.delete(key);
  return {};
};

/** ListTagsForResource. */
export const listTagsForResource: Served<
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput
> = (context, input) => {
  const all = [...tagsOf(context, input, false)].map(([Key, Value]) => ({ Key, Value }));
  const { items, next } = page(all, input, `tags ${input.ResourceArn ?? ""}`);
  return { Tags: items, ...next };
};
