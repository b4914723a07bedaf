import type {
  UpdateStackSetCommandInput,
  UpdateStackSetCommandOutput,
} from "@aws-sdk/client-cloudformation";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { findStackSet, serviceManagedOrganization } from "./access.ts";
import { noteMembership } from "./auto-deployment.ts";
import { validationError } from "./errors.ts";
import { startOperation } from "./operations.ts";
import { givenParameters, tagsOf } from "./parameters.ts";
import type { Served } from "./served.ts";
import { validAutoDeployment } from "./stack-sets.ts";
import { type InstanceRecord, type StackSetRecord, stackSetsSlot } from "./state.ts";
import { targetAccounts } from "./targets.ts";
import { checkCapabilities, givenTemplate, keepTemplate, keptTemplate } from "./templates.ts";

const updateStackSet: Served<UpdateStackSetCommandInput, UpdateStackSetCommandOutput> = (
  context,
  input,
) => {
  const { world } = context;
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const isManaged = stackSet.permissionModel === "SERVICE_MANAGED";
  if (isManaged) serviceManagedOrganization(context, input.CallAs);
  const template =
    input.UsePreviousTemplate === true
      ? stackSet.template
      : keepTemplate(world, givenTemplate(world, input));
  const parsed = keptTemplate(world, template);
  const capabilities = input.Capabilities ?? stackSet.capabilities;
  checkCapabilities(parsed, capabilities);
  const parameters = givenParameters(parsed, input.Parameters, stackSet.parameters);
  const others = [...world.state(stackSetsSlot).stackSets.values()];
  const automatic =
    isManaged && input.AutoDeployment !== undefined
      ? validAutoDeployment(input.AutoDeployment, others)
      : stackSet.autoDeployment;
  // An update that is of nothing but automatic deployment leaves the stacks as they are.
  const onlyAutomatic =
    input.AutoDeployment !== undefined &&
    template === stackSet.template &&
    input.Parameters === undefined &&
    input.Tags === undefined &&
    input.Description === undefined;
  const items = onlyAutomatic ? [] : updatedInstances(context, stackSet, input);
  const operation = startOperation(world, stackSet, {
    action: "UPDATE",
    items,
    id: input.OperationId,
    preferences: input.OperationPreferences,
    organizationalUnitIds: input.DeploymentTargets?.OrganizationalUnitIds ?? [],
  });
  stackSet.template = template;
  stackSet.parameters = parameters;
  stackSet.capabilities = capabilities;
  if (input.Tags !== undefined) stackSet.tags = tagsOf(input.Tags);
  if (input.Description !== undefined) stackSet.description = input.Description;
  if (input.ManagedExecution !== undefined) {
    stackSet.managedExecution = input.ManagedExecution.Active === true;
  }
  const wasEnabled = stackSet.autoDeployment?.enabled === true;
  if (automatic !== undefined) stackSet.autoDeployment = automatic;
  if (!wasEnabled) noteMembership(world, stackSet);
  for (const instance of onlyAutomatic ? [] : stackSet.instances.values()) {
    instance.status = "OUTDATED";
  }
  for (const instance of items) instance.detailedStatus = "PENDING";
  return { OperationId: operation.id };
};

/** The instances that an update is carried to: all of them unless it says which. */
function updatedInstances(
  context: HandlerContext,
  stackSet: StackSetRecord,
  input: UpdateStackSetCommandInput,
): readonly InstanceRecord[] {
  const { DeploymentTargets: targets, Regions: regions, Accounts: accounts } = input;
  const all = [...stackSet.instances.values()];
  if (targets === undefined && regions === undefined && accounts === undefined) return all;
  if (regions === undefined) throw validationError("Regions must be specified");
  const wanted = new Set(
    targets === undefined
      ? (accounts ?? all.map(({ account }) => account))
      : targetAccounts(serviceManagedOrganization(context, input.CallAs), targets, "other").map(
          ({ account }) => account,
        ),
  );
  const found = all.filter(
    ({ account, region }) => wanted.has(account) && regions.includes(region),
  );
  if (found.length === 0) {
    throw new ServiceError("StackInstanceNotFoundException", "No stack instance found", {
      httpStatus: 404,
    });
  }
  return found;
}

/** UpdateStackSet. */
export const updateStackSetHandlers: Readonly<Record<string, AnyHandler>> = {
  UpdateStackSet: updateStackSet,
};
