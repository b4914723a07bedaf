import { changeHandler } from "../kit/change-handler.ts";
import type { ChangeHandler } from "../service.ts";
import { readLogGroup, readLogsRole } from "./read.ts";

/** Changes of log groups and of the roles by which CloudTrail writes to them. */
export const logsChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateLogGroup: changeHandler("logs", "CreateLogGroup", {
    observe: async ({ aws }, { input }, how) => {
      const group = await readLogGroup(aws, String(input.logGroupName), how);
      return group === null ? null : { exists: true };
    },
    already: ["ResourceAlreadyExistsException"],
  }),
  PutRetentionPolicy: changeHandler("logs", "PutRetentionPolicy", {
    observe: async ({ aws }, { input }, how) => {
      const group = await readLogGroup(aws, String(input.logGroupName), how);
      return group === null ? null : { retentionDays: group.retentionDays };
    },
    eventual: ["ResourceNotFoundException"],
  }),
  CreateRole: changeHandler("iam", "CreateRole", {
    observe: async ({ aws }, { input }, how) => {
      const role = await readLogsRole(aws, String(input.RoleName), how);
      return role === null ? null : { exists: true };
    },
    already: ["EntityAlreadyExistsException"],
  }),
  PutRolePolicy: changeHandler("iam", "PutRolePolicy", {
    observe: async ({ aws }, { input }, how) => {
      const role = await readLogsRole(aws, String(input.RoleName), how);
      return role === null ? null : { policy: role.policy };
    },
    eventual: ["NoSuchEntityException", "NoSuchEntity"],
  }),
};
