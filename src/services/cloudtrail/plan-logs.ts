import { canonicalJson, type JsonObject } from "../../core/json.ts";
import type { ServiceChange } from "../../core/service-plan.ts";
import { thingAddress } from "../kit/address.ts";
import { logsRolePolicy, logsRolePolicyName, logsRoleTrust } from "./documents.ts";
import type { Planning } from "./planning.ts";

/** What a trail needs of CloudWatch Logs, by the trail's place in the block. */
export interface PlannedLogs {
  readonly logGroupArn: string;
  readonly roleArn: string;
  readonly needs: readonly string[];
}

/** Plans the log groups of trails and the roles by which CloudTrail writes to them. */
export function planLogs(planning: Planning): ReadonlyMap<number, PlannedLogs> {
  const { facts, management, trails } = planning;
  const planned = new Map<number, PlannedLogs>();
  const account = facts.managementAccountId;
  const seen = new Set<string>();
  for (const { block, index, region } of trails) {
    const wanted = block.cloudWatchLogs;
    if (wanted === undefined || block.remove === true) continue;
    const { logGroup, role, retentionDays } = wanted;
    const group = planning.state.logGroups?.[logGroup];
    const owned = planning.state.roles?.[role];
    if (group === undefined || owned === undefined) continue; // A gap says why.
    const groupAddress = thingAddress(
      "cloudtrail",
      "logGroup",
      { account: management.name, region },
      logGroup,
    );
    const roleAddress = thingAddress("cloudtrail", "role", { account: management.name }, role);
    const path = ["trails", index, "cloudWatchLogs"];
    const change = (rest: Omit<ServiceChange, "reason">): void => {
      const isTwice = seen.has(`${rest.operation} ${rest.address}`);
      seen.add(`${rest.operation} ${rest.address}`);
      if (isTwice) return;
      planning.changes.push({ path, reason: "the file sends events to CloudWatch Logs", ...rest });
    };
    planning.compared.push(groupAddress, roleAddress);
    if (group === null) {
      change({
        operation: "CreateLogGroup",
        address: groupAddress,
        action: "create",
        region,
        input: { logGroupName: logGroup },
        before: null,
        after: { exists: true },
      });
    }
    const days = group?.retentionDays ?? 0;
    if (retentionDays !== undefined && days !== retentionDays) {
      change({
        operation: "PutRetentionPolicy",
        address: `${groupAddress}/retention`,
        action: "update",
        region,
        input: { logGroupName: logGroup, retentionInDays: retentionDays },
        before: { retentionDays: days },
        after: { retentionDays },
        needs: [groupAddress],
      });
    }
    if (owned === null) {
      change({
        operation: "CreateRole",
        address: roleAddress,
        action: "create",
        input: {
          RoleName: role,
          AssumeRolePolicyDocument: canonicalJson(logsRoleTrust),
          Description: "Lets CloudTrail write to CloudWatch Logs",
        },
        before: null,
        after: { exists: true },
      });
    }
    const groups = trails.flatMap(({ block: other }) =>
      other.cloudWatchLogs?.role === role && other.remove !== true
        ? other.cloudWatchLogs.logGroup
        : [],
    );
    const document: JsonObject = logsRolePolicy({
      partition: facts.partition,
      region,
      managementAccountId: account,
      organizationId: facts.organizationId,
      logGroups: [...new Set(groups)].sort(),
    });
    const policy = canonicalJson(document);
    if (owned?.policy !== policy) {
      change({
        operation: "PutRolePolicy",
        address: `${roleAddress}/policy`,
        action: "update",
        input: { RoleName: role, PolicyName: logsRolePolicyName, PolicyDocument: policy },
        before: { policy: owned?.policy ?? "" },
        after: { policy },
        needs: [roleAddress],
      });
    }
    planned.set(index, {
      logGroupArn: `arn:${facts.partition}:logs:${region}:${account}:log-group:${logGroup}:*`,
      roleArn: `arn:${facts.partition}:iam::${account}:role/${role}`,
      needs: [groupAddress, roleAddress, `${roleAddress}/policy`],
    });
  }
  return planned;
}
