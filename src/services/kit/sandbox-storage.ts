/**
 * What a service may know of the buckets, keys, log groups and roles that its resources name:
 * services do not import one another.
 */
export { iamState } from "../iam/sandbox/state.ts";
export { type KeyRecord, lookUpKey } from "../kms/sandbox/state.ts";
export { type LogGroupRecord, logGroups } from "../logs/sandbox/state.ts";
export type { OrganizationRecord } from "../organizations/sandbox/state.ts";
export { type BucketRecord, bucketsSlot } from "../s3/sandbox/state.ts";
