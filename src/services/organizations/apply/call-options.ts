import type { CallOptions } from "../../../aws/aws.ts";
import type { ApplyContext } from "../../service.ts";

/** The answers by which AWS says that a thing does not exist, perhaps since it is new. */
const notFound: readonly string[] = [
  "AccountNotFoundException",
  "ChildNotFoundException",
  "CreateAccountStatusNotFoundException",
  "DestinationParentNotFoundException",
  "OrganizationalUnitNotFoundException",
  "ParentNotFoundException",
  "PolicyNotFoundException",
  "SourceParentNotFoundException",
  "TargetNotFoundException",
];

/**
 * How a change reads. When it concerns things that this apply made, "not found" may only mean "not
 * yet", and is asked again.
 */
export function readOptions(context: ApplyContext, ...ids: readonly string[]): CallOptions {
  return {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    eventual: ids.some((id) => context.made.has(id)) ? notFound : [],
  };
}

/**
 * How a change writes: an interruption waits for a request that was sent, and a request whose
 * answer was lost is not repeated before a new look at the world.
 */
export function writeOptions(context: ApplyContext, ...ids: readonly string[]): CallOptions {
  return { ...readOptions(context, ...ids), finish: true, idempotent: false };
}
