import type { ChangeHandler } from "../service.ts";
import { bucketChanges } from "./apply-bucket.ts";
import { keyChanges } from "./apply-key.ts";
import { logsChanges } from "./apply-logs.ts";
import { trailChanges } from "./apply-trail.ts";

/** The changes of AWS CloudTrail and of what it writes to, by operation. */
export const cloudtrailChanges: Readonly<Record<string, ChangeHandler>> = {
  ...keyChanges,
  ...bucketChanges,
  ...logsChanges,
  ...trailChanges,
};
