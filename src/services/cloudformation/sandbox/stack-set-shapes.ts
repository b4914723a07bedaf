import type {
  StackInstance,
  StackInstanceSummary,
  StackSet,
  StackSetDriftDetectionDetails,
  StackSetOperationSummary,
} from "@aws-sdk/client-cloudformation";
import type { World } from "../../../sandbox/world.ts";
import { parameterList, tagList } from "./parameters.ts";
import type { InstanceRecord, OperationRecord, StackSetRecord } from "./state.ts";
import { keptTemplate, templateText } from "./templates.ts";

/** A stack set as DescribeStackSet answers it. */
export function stackSetShape(world: World, stackSet: StackSetRecord): StackSet {
  const template = keptTemplate(world, stackSet.template);
  const regions = new Set([...stackSet.instances.values()].map(({ region }) => region));
  const { administrationRoleArn, executionRoleName, description } = stackSet;
  return {
    StackSetName: stackSet.name,
    StackSetId: stackSet.id,
    StackSetARN: stackSet.arn,
    Status: "ACTIVE",
    ...(description === undefined ? {} : { Description: description }),
    TemplateBody: templateText(world, stackSet.template),
    Parameters: parameterList(template, stackSet.parameters),
    Capabilities: [...stackSet.capabilities] as NonNullable<StackSet["Capabilities"]>,
    Tags: tagList(stackSet.tags),
    PermissionModel: stackSet.permissionModel,
    ...(administrationRoleArn === undefined
      ? {}
      : { AdministrationRoleARN: administrationRoleArn }),
    ...(executionRoleName === undefined ? {} : { ExecutionRoleName: executionRoleName }),
    ...autoDeploymentShape(stackSet),
    ManagedExecution: { Active: stackSet.managedExecution },
    OrganizationalUnitIds: [...stackSet.targets.keys()],
    Regions: [...regions],
    StackSetDriftDetectionDetails: driftShape(stackSet),
  };
}

/** Automatic deployment as the API writes it; stack sets that are self-managed have none. */
export function autoDeploymentShape({
  autoDeployment,
}: StackSetRecord): Pick<StackSet, "AutoDeployment"> {
  if (autoDeployment === undefined) return {};
  const { enabled, retain, dependsOn } = autoDeployment;
  return {
    AutoDeployment: {
      Enabled: enabled,
      ...(enabled ? { RetainStacksOnAccountRemoval: retain } : {}),
      ...(dependsOn.length === 0 ? {} : { DependsOn: [...dependsOn] }),
    },
  };
}

/** The drift of a stack set as a whole. */
export function driftShape(stackSet: StackSetRecord): StackSetDriftDetectionDetails {
  const instances = [...stackSet.instances.values()];
  const count = (drift: InstanceRecord["drift"]): number =>
    instances.filter((instance) => instance.drift === drift).length;
  const isRunning = stackSet.operations.some(
    ({ action, status }) => action === "DETECT_DRIFT" && status === "RUNNING",
  );
  const checked = stackSet.driftCheckedAt;
  return {
    DriftStatus:
      checked === undefined ? "NOT_CHECKED" : count("DRIFTED") > 0 ? "DRIFTED" : "IN_SYNC",
    ...(checked === undefined && !isRunning
      ? {}
      : {
          DriftDetectionStatus: isRunning
            ? "IN_PROGRESS"
            : count("UNKNOWN") > 0
              ? "PARTIAL_SUCCESS"
              : "COMPLETED",
        }),
    ...(checked === undefined ? {} : { LastDriftCheckTimestamp: new Date(checked) }),
    TotalStackInstancesCount: instances.length,
    DriftedStackInstancesCount: count("DRIFTED"),
    InSyncStackInstancesCount: count("IN_SYNC"),
    InProgressStackInstancesCount: 0,
    FailedStackInstancesCount: count("UNKNOWN"),
  };
}

/** A stack instance as ListStackInstances answers it. */
export function instanceSummary(
  { id }: StackSetRecord,
  instance: InstanceRecord,
): StackInstanceSummary {
  const { stackId, reason, organizationalUnitId, driftCheckedAt } = instance;
  return {
    StackSetId: id,
    Account: instance.account,
    Region: instance.region,
    ...(stackId === undefined ? {} : { StackId: stackId }),
    Status: instance.status,
    StackInstanceStatus: { DetailedStatus: instance.detailedStatus },
    ...(reason === undefined ? {} : { StatusReason: reason }),
    ...(organizationalUnitId === undefined ? {} : { OrganizationalUnitId: organizationalUnitId }),
    DriftStatus: instance.drift,
    ...(driftCheckedAt === undefined ? {} : { LastDriftCheckTimestamp: new Date(driftCheckedAt) }),
    LastOperationId: instance.operationId,
  };
}

/** A stack instance as DescribeStackInstance answers it. */
export function instanceShape(
  world: World,
  stackSet: StackSetRecord,
  instance: InstanceRecord,
): StackInstance {
  const template = keptTemplate(world, stackSet.template);
  return {
    ...instanceSummary(stackSet, instance),
    ParameterOverrides: parameterList(template, instance.overrides ?? {}),
  };
}

/** What all answers about an operation have. */
export function operationSummary(operation: OperationRecord): StackSetOperationSummary {
  const failed = [...operation.results.values()].filter(({ status }) => status === "FAILED");
  return {
    OperationId: operation.id,
    Action: operation.action,
    Status: operation.status,
    CreationTimestamp: new Date(operation.createdAt),
    ...(operation.endedAt === undefined ? {} : { EndTimestamp: new Date(operation.endedAt) }),
    StatusDetails: { FailedStackInstancesCount: failed.length },
    OperationPreferences: {
      ...operation.preferences,
      RegionOrder: operation.preferences.RegionOrder ?? [],
    },
  };
}
