import type { Json, JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import { stackSetChanges } from "../kit/stack-sets/stack-set-changes.ts";
import type { ChangeHandler } from "../service.ts";
import { organizationChanges } from "./apply-organization.ts";
import { ownStatement } from "./bucket-policy.ts";
import {
  readAggregatorRole,
  readBucket,
  readChannel,
  readLinkedRole,
  readRecorder,
  readRecording,
  readRetention,
} from "./read.ts";

/** A bucket that was just made is not known everywhere at once. */
const newBucket = ["NoSuchBucket"];

/** The changes of AWS Config, by operation. */
export const configChanges: Readonly<Record<string, ChangeHandler>> = {
  ...stackSetChanges,
  ...organizationChanges,
  PutConfigurationRecorder: changeHandler("config", "PutConfigurationRecorder", {
    observe: ({ aws }, _change, how) => readRecorder(aws, how),
    eventual: ["InvalidRoleException"],
  }),
  DeleteConfigurationRecorder: changeHandler("config", "DeleteConfigurationRecorder", {
    observe: ({ aws }, _change, how) => readRecorder(aws, how),
  }),
  PutDeliveryChannel: changeHandler("config", "PutDeliveryChannel", {
    observe: ({ aws }, _change, how) => readChannel(aws, how),
    eventual: ["NoSuchBucketException", "InsufficientDeliveryPolicyException"],
  }),
  DeleteDeliveryChannel: changeHandler("config", "DeleteDeliveryChannel", {
    observe: ({ aws }, _change, how) => readChannel(aws, how),
  }),
  StartConfigurationRecorder: changeHandler("config", "StartConfigurationRecorder", {
    observe: async ({ aws }, _change, how) => ({ recording: await readRecording(aws, how) }),
  }),
  StopConfigurationRecorder: changeHandler("config", "StopConfigurationRecorder", {
    observe: async ({ aws }, _change, how) => ({ recording: await readRecording(aws, how) }),
  }),
  PutRetentionConfiguration: changeHandler("config", "PutRetentionConfiguration", {
    observe: async ({ aws }, _change, how) => ({ days: await readRetention(aws, how) }),
  }),
  CreateServiceLinkedRole: changeHandler("iam", "CreateServiceLinkedRole", {
    observe: async ({ aws }, _change, how) =>
      (await readLinkedRole(aws, how)) ? { exists: true } : null,
  }),
  CreateRole: changeHandler("iam", "CreateRole", {
    observe: async ({ aws }, { input }, how) => {
      const role = await readAggregatorRole(aws, String(input.RoleName), how);
      return role === null ? null : { facet: { exists: true }, id: role.arn };
    },
    idOf: ({ Role }) => Role?.Arn,
    already: ["EntityAlreadyExistsException"],
  }),
  PutRolePolicy: changeHandler("iam", "PutRolePolicy", {
    observe: async ({ aws }, { input }, how) => ({
      attached: (await readAggregatorRole(aws, String(input.RoleName), how))?.attached === true,
    }),
    eventual: ["NoSuchEntityException"],
  }),
  CreateBucket: changeHandler("s3", "CreateBucket", {
    observe: async ({ aws }, { input }, how) => {
      const bucket = await readBucket(aws, String(input.Bucket), how);
      if (bucket === null) return null;
      return bucket === "taken" ? { taken: true } : { region: bucket.region };
    },
    already: ["BucketAlreadyOwnedByYou"],
  }),
  PutPublicAccessBlock: changeHandler("s3", "PutPublicAccessBlock", {
    observe: async ({ aws }, { input }, how) => {
      const bucket = await readBucket(aws, String(input.Bucket), how);
      if (bucket === null || bucket === "taken") return null;
      return { publicAccessBlock: bucket.publicAccessBlock };
    },
    eventual: newBucket,
  }),
  PutBucketPolicy: changeHandler("s3", "PutBucketPolicy", {
    observe: async ({ aws }, { input }, how): Promise<JsonObject | null> => {
      const bucket = await readBucket(aws, String(input.Bucket), how);
      if (bucket === null || bucket === "taken") return null;
      return { statements: bucket.statements.filter(ownStatement) as readonly Json[] };
    },
    eventual: newBucket,
  }),
};
