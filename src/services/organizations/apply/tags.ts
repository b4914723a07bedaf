import { isJsonObject, type JsonObject } from "../../../core/json.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../../service.ts";
import { readOptions, writeOptions } from "./call-options.ts";
import { inputTags, inputText } from "./input.ts";
import { unless } from "./unless.ts";

/** Tags of roots, units, accounts, policies and the resource policy. */
export const tagChanges: Readonly<Record<string, ChangeHandler>> = {
  TagResource: {
    observe,
    write: async (context, change) => {
      const id = inputText(change, "ResourceId");
      await context.aws.call(
        "organizations",
        "TagResource",
        { ResourceId: id, Tags: inputTags(change) },
        { ...writeOptions(context, id), idempotent: true },
      );
      return {};
    },
  },
  UntagResource: {
    observe,
    write: async (context, change) => {
      const id = inputText(change, "ResourceId");
      const { TagKeys: keys = [] } = change.input;
      await context.aws.call(
        "organizations",
        "UntagResource",
        { ResourceId: id, TagKeys: Array.isArray(keys) ? keys.map(String) : [] },
        { ...writeOptions(context, id), idempotent: true },
      );
      return {};
    },
  },
};

/** The values of those keys only that the change concerns. */
async function observe(context: ApplyContext, change: ResolvedChange): Promise<Observation> {
  const id = inputText(change, "ResourceId");
  const tags = await unless(["TargetNotFoundException"], async () => {
    const found = new Map<string, string>();
    const pages = context.aws.pages(
      "organizations",
      "ListTagsForResource",
      { ResourceId: id },
      readOptions(context, id),
    );
    for await (const { Tags = [] } of pages) {
      for (const { Key = "", Value = "" } of Tags) found.set(Key, Value);
    }
    return found;
  });
  if (tags === undefined) return { facet: null };
  const keys = new Set([...keysOf(change.before), ...keysOf(change.after)]);
  return {
    facet: { tags: Object.fromEntries([...keys].map((key) => [key, tags.get(key) ?? null])) },
  };
}

function keysOf(facet: JsonObject | null): string[] {
  return isJsonObject(facet?.tags) ? Object.keys(facet.tags) : [];
}
