import type { CloudTrailEvent } from "../core/event.ts";
import { requestFlag } from "./read-event.ts";

const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

/**
 * The flags of a block of public access that a call switches off; one that is left out is off.
 * `undefined` when the event does not hold the configuration.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
 */
export function liftedBlocks(event: CloudTrailEvent): readonly string[] | undefined {
  const values = flags.map((flag) => requestFlag(event, "PublicAccessBlockConfiguration", flag));
  if (values.every((value) => value === undefined)) return undefined;
  return flags.filter((_, index) => values[index] !== true);
}
