import type { Tag } from "@aws-sdk/client-cloudtrail";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { ServiceError } from "../../../sandbox/service.ts";

/** A thing with tags. */
export interface Tagged {
  readonly tags: Map<string, string>;
}

/** Adds tags. Throws `InvalidTagParameterException`, `TagsLimitExceededException`. */
export function setTags({ tags }: Tagged, given: readonly Tag[] | undefined): void {
  const keys = (given ?? []).map(({ Key }) => Key ?? "");
  if (new Set(keys).size < keys.length || keys.some((key) => key.startsWith("aws:"))) {
    throw new ServiceError("InvalidTagParameterException", "The tag keys or values are not valid.");
  }
  if (new Set([...tags.keys(), ...keys]).size > cloudtrailFacts.tagsPerResource) {
    throw new ServiceError(
      "TagsLimitExceededException",
      `The number of tags exceeds the limit of ${cloudtrailFacts.tagsPerResource}.`,
    );
  }
  for (const { Key = "", Value = "" } of given ?? []) tags.set(Key, Value);
}
