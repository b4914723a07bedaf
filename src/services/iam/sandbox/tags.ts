import type { Tag } from "@aws-sdk/client-iam";
import { validationError } from "./errors.ts";

/** Tags of a record as the API writes them. */
export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** Sets tags; keys are unique without regard to case, and at most fifty. */
export function setTags(tags: Map<string, string>, given: readonly Tag[] | undefined): void {
  for (const { Key, Value } of given ?? []) {
    if (Key === undefined || Key === "" || Key.startsWith("aws:")) {
      throw validationError("Tag keys must not be empty or begin with aws:");
    }
    const former = [...tags.keys()].find((key) => key.toLowerCase() === Key.toLowerCase());
    if (former !== undefined) tags.delete(former);
    tags.set(Key, Value ?? "");
  }
  if (tags.size > 50) throw validationError("The number of tags must be at most 50");
}
