import type {
  AutoDeployment,
  CreateStackSetCommandInput,
  CreateStackSetCommandOutput,
  DeleteStackSetCommandInput,
  DeleteStackSetCommandOutput,
  DescribeStackSetCommandInput,
  DescribeStackSetCommandOutput,
  ListStackSetsCommandInput,
  ListStackSetsCommandOutput,
} from "@aws-sdk/client-cloudformation";
import { cloudformationQuotas } from "../../../data/cloudformation-quotas.ts";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { findStackSet, serviceManagedOrganization, stackSetOwner } from "./access.ts";
import { operationInProgress, validationError } from "./errors.ts";
import { runningOperation } from "./operations.ts";
import { page } from "./page.ts";
import { givenParameters, tagsOf } from "./parameters.ts";
import type { Served } from "./served.ts";
import { autoDeploymentShape, driftShape, stackSetShape } from "./stack-set-shapes.ts";
import { newUuid, type StackSetRecord, stackSetsSlot } from "./state.ts";
import { checkCapabilities, givenTemplate, keepTemplate, keptTemplate } from "./templates.ts";

const createStackSet: Served<CreateStackSetCommandInput, CreateStackSetCommandOutput> = (
  context,
  input,
) => {
  const { world, region } = context;
  const name = input.StackSetName ?? "";
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  const model = input.PermissionModel ?? "SELF_MANAGED";
  const owner =
    model === "SERVICE_MANAGED"
      ? serviceManagedOrganization(context, input.CallAs) && stackSetOwner(context, input.CallAs)
      : stackSetOwner(context, undefined);
  const { stackSets } = world.state(stackSetsSlot);
  const own = [...stackSets.values()].filter((it) => it.owner === owner && it.region === region);
  if (own.some((it) => it.name === name)) {
    throw new ServiceError("NameAlreadyExistsException", `StackSet ${name} already exists`, {
      httpStatus: 409,
    });
  }
  if (own.length >= cloudformationQuotas.stackSetsPerAccount) {
    throw new ServiceError("LimitExceededException", "You have exceeded the stack set limit");
  }
  const template = keepTemplate(world, givenTemplate(world, input));
  const parsed = keptTemplate(world, template);
  checkCapabilities(parsed, input.Capabilities ?? []);
  const id = `${name}:${newUuid(world)}`;
  const stackSet: StackSetRecord = {
    name,
    id,
    arn: `arn:aws:cloudformation:${region}:${owner}:stackset/${id}`,
    owner,
    region,
    permissionModel: model,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    template,
    parameters: givenParameters(parsed, input.Parameters),
    capabilities: input.Capabilities ?? [],
    tags: tagsOf(input.Tags),
    ...(model === "SERVICE_MANAGED"
      ? { autoDeployment: validAutoDeployment(input.AutoDeployment, own) }
      : selfManagedRoles(input)),
    managedExecution: input.ManagedExecution?.Active === true,
    createdAt: world.clock.now(),
    instances: new Map(),
    targets: new Map(),
    seen: new Map(),
    operations: [],
  };
  stackSets.set(stackSet.arn, stackSet);
  return { StackSetId: id };
};

const describeStackSet: Served<DescribeStackSetCommandInput, DescribeStackSetCommandOutput> = (
  context,
  input,
) => ({
  StackSet: stackSetShape(context.world, findStackSet(context, input.StackSetName, input.CallAs)),
});

const listStackSets: Served<ListStackSetsCommandInput, ListStackSetsCommandOutput> = (
  context,
  input,
) => {
  const owner = stackSetOwner(context, input.CallAs);
  const { stackSets } = context.world.state(stackSetsSlot);
  const found = [...stackSets.values()]
    .filter((it) => it.owner === owner && it.region === context.region)
    .filter((it) => input.CallAs !== "DELEGATED_ADMIN" || it.permissionModel === "SERVICE_MANAGED")
    .filter(() => input.Status !== "DELETED")
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...rest } = page(`ListStackSets ${owner}`, found, input);
  return {
    Summaries: items.map((stackSet) => {
      const drift = driftShape(stackSet);
      const { description } = stackSet;
      return {
        StackSetName: stackSet.name,
        StackSetId: stackSet.id,
        ...(description === undefined ? {} : { Description: description }),
        Status: "ACTIVE" as const,
        ...autoDeploymentShape(stackSet),
        PermissionModel: stackSet.permissionModel,
        DriftStatus: drift.DriftStatus ?? "NOT_CHECKED",
        ...(drift.LastDriftCheckTimestamp === undefined
          ? {}
          : { LastDriftCheckTimestamp: drift.LastDriftCheckTimestamp }),
        ManagedExecution: { Active: stackSet.managedExecution },
      };
    }),
    ...rest,
  };
};

const deleteStackSet: Served<DeleteStackSetCommandInput, DeleteStackSetCommandOutput> = (
  context,
  input,
) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const running = runningOperation(stackSet);
  if (running !== undefined) throw operationInProgress(stackSet.name, running.id);
  if (stackSet.instances.size > 0) {
    throw new ServiceError("StackSetNotEmptyException", "StackSet is not empty", {
      httpStatus: 409,
    });
  }
  context.world.state(stackSetsSlot).stackSets.delete(stackSet.arn);
  return {};
};

/** Automatic deployment as a request gives it. Throws `ValidationError`. */
export function validAutoDeployment(
  given: AutoDeployment | undefined,
  others: readonly StackSetRecord[],
): NonNullable<StackSetRecord["autoDeployment"]> {
  const { Enabled: enabled = false, RetainStacksOnAccountRemoval: retain } = given ?? {};
  if (!enabled && retain === true) {
    throw validationError(
      "RetainStacksOnAccountRemoval can only be specified if AutoDeployment is enabled",
    );
  }
  if (enabled && retain === undefined) {
    throw validationError(
      "RetainStacksOnAccountRemoval must be specified if AutoDeployment is enabled",
    );
  }
  const dependsOn = given?.DependsOn ?? [];
  const unknown = dependsOn.filter((arn) => !others.some((other) => other.arn === arn));
  if (unknown.length > 0) throw validationError(`StackSet(s) [${unknown.join(", ")}] not found`);
  return { enabled, retain: retain === true, dependsOn };
}

function selfManagedRoles(
  input: CreateStackSetCommandInput,
): Pick<StackSetRecord, "administrationRoleArn" | "executionRoleName"> {
  if (input.AutoDeployment !== undefined) {
    throw validationError("AutoDeployment is only supported with SERVICE_MANAGED permission model");
  }
  const { AdministrationRoleARN: administration } = input;
  return {
    ...(administration === undefined ? {} : { administrationRoleArn: administration }),
    executionRoleName: input.ExecutionRoleName ?? "AWSCloudFormationStackSetExecutionRole",
  };
}

/** Operations on stack sets themselves, but for their update. */
export const stackSetHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateStackSet: createStackSet,
  DescribeStackSet: describeStackSet,
  ListStackSets: listStackSets,
  DeleteStackSet: deleteStackSet,
};
