import type { Planning } from "./planning.ts";

/** ARNs of all trails that write to the log archive's bucket: the block's and others, sorted. */
export function trailArnsOf({ block, state, trails }: Planning): readonly string[] {
  const { bucket } = block.logArchive;
  const wanted = trails.filter((trail) => trail.block.remove !== true).map(({ arn }) => arn);
  const gone = new Set(trails.map(({ arn }) => arn));
  const others = (state.trails ?? [])
    .filter(({ arn, settings }) => !gone.has(arn) && settings?.S3BucketName === bucket)
    .map(({ arn }) => arn);
  return [...new Set([...wanted, ...others])].sort();
}
