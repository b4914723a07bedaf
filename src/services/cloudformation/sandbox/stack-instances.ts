import type {
  CreateStackInstancesCommandInput,
  CreateStackInstancesCommandOutput,
  DeleteStackInstancesCommandInput,
  DeleteStackInstancesCommandOutput,
  DeploymentTargets,
  DescribeStackInstanceCommandInput,
  DescribeStackInstanceCommandOutput,
  UpdateStackInstancesCommandInput,
  UpdateStackInstancesCommandOutput,
} from "@aws-sdk/client-cloudformation";
import { cloudformationQuotas } from "../../../data/cloudformation-quotas.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { findStackSet, serviceManagedOrganization } from "./access.ts";
import { addInstance, noteMembership } from "./auto-deployment.ts";
import { invalidOperation, validationError } from "./errors.ts";
import { startOperation } from "./operations.ts";
import { givenParameters } from "./parameters.ts";
import type { Served } from "./served.ts";
import { instanceShape } from "./stack-set-shapes.ts";
import { instanceKey, type OperationItem, type StackSetRecord } from "./state.ts";
import { targetAccounts, targetRegions, targetUnits } from "./targets.ts";
import { keptTemplate } from "./templates.ts";

const create: Served<CreateStackInstancesCommandInput, CreateStackInstancesCommandOutput> = (
  context,
  input,
) => {
  const { world } = context;
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const regions = targetRegions(input.Regions);
  const items = itemsOf(context, stackSet, input, "create");
  const added = items.filter(
    ({ account, region }) => !stackSet.instances.has(instanceKey(account, region)),
  );
  const total = stackSet.instances.size + added.length;
  if (total > cloudformationQuotas.stackInstancesPerStackSet) {
    throw new ServiceError("LimitExceededException", "You have exceeded the stack instance limit");
  }
  const operation = startOperation(world, stackSet, {
    action: "CREATE",
    items,
    id: input.OperationId,
    preferences: input.OperationPreferences,
    organizationalUnitIds: input.DeploymentTargets?.OrganizationalUnitIds ?? [],
    ...overridesOf(context, stackSet, input),
  });
  for (const item of added) addInstance(stackSet, item, operation.id);
  for (const unit of input.DeploymentTargets?.OrganizationalUnitIds ?? []) {
    const known = stackSet.targets.get(unit) ?? [];
    stackSet.targets.set(unit, [...new Set([...known, ...regions])]);
  }
  noteMembership(world, stackSet);
  return { OperationId: operation.id };
};

const update: Served<UpdateStackInstancesCommandInput, UpdateStackInstancesCommandOutput> = (
  context,
  input,
) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const items = existing(stackSet, itemsOf(context, stackSet, input, "other"));
  const operation = startOperation(context.world, stackSet, {
    action: "UPDATE",
    items,
    id: input.OperationId,
    preferences: input.OperationPreferences,
    organizationalUnitIds: input.DeploymentTargets?.OrganizationalUnitIds ?? [],
    ...overridesOf(context, stackSet, input),
  });
  for (const { account, region } of items) {
    const instance = stackSet.instances.get(instanceKey(account, region));
    if (instance === undefined) continue;
    instance.status = "OUTDATED";
    instance.detailedStatus = "PENDING";
  }
  return { OperationId: operation.id };
};

const remove: Served<DeleteStackInstancesCommandInput, DeleteStackInstancesCommandOutput> = (
  context,
  input,
) => {
  const { world } = context;
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const regions = targetRegions(input.Regions);
  const isWhole =
    input.DeploymentTargets?.Accounts === undefined ||
    input.DeploymentTargets.AccountFilterType === "NONE";
  const items = existing(stackSet, deletedItems(context, stackSet, input));
  const operation = startOperation(world, stackSet, {
    action: "DELETE",
    items,
    id: input.OperationId,
    preferences: input.OperationPreferences,
    retainStacks: input.RetainStacks === true,
    organizationalUnitIds: input.DeploymentTargets?.OrganizationalUnitIds ?? [],
  });
  for (const { account, region } of items) {
    const instance = stackSet.instances.get(instanceKey(account, region));
    if (instance !== undefined) instance.detailedStatus = "PENDING";
  }
  for (const unit of isWhole ? (input.DeploymentTargets?.OrganizationalUnitIds ?? []) : []) {
    const left = (stackSet.targets.get(unit) ?? []).filter((it) => !regions.includes(it));
    if (left.length === 0) stackSet.targets.delete(unit);
    else stackSet.targets.set(unit, left);
  }
  noteMembership(world, stackSet);
  return { OperationId: operation.id };
};

const describe: Served<DescribeStackInstanceCommandInput, DescribeStackInstanceCommandOutput> = (
  context,
  input,
) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const key = instanceKey(input.StackInstanceAccount ?? "", input.StackInstanceRegion ?? "");
  const instance = stackSet.instances.get(key);
  if (instance !== undefined) {
    return { StackInstance: instanceShape(context.world, stackSet, instance) };
  }
  throw noSuchInstance(`Stack instance not found for StackSet ${stackSet.id} in ${key}`);
};

interface Targets {
  readonly Accounts?: readonly string[] | undefined;
  readonly DeploymentTargets?: DeploymentTargets | undefined;
  readonly Regions?: readonly string[] | undefined;
  readonly CallAs?: string | undefined;
}

/** Accounts and Regions of a request, the Regions in the order given. */
function itemsOf(
  context: HandlerContext,
  stackSet: StackSetRecord,
  input: Targets,
  operation: "create" | "other",
): readonly OperationItem[] {
  const regions = targetRegions(input.Regions);
  const accounts = targetsOf(context, stackSet, input, operation);
  return regions.flatMap((region) => accounts.map((target) => ({ ...target, region })));
}

function targetsOf(
  context: HandlerContext,
  stackSet: StackSetRecord,
  input: Targets,
  operation: "create" | "other",
): readonly Omit<OperationItem, "region">[] {
  if (stackSet.permissionModel === "SERVICE_MANAGED") {
    const organization = serviceManagedOrganization(context, input.CallAs);
    if (input.DeploymentTargets === undefined) {
      throw validationError("DeploymentTargets must be specified in SERVICE_MANAGED mode");
    }
    return targetAccounts(organization, input.DeploymentTargets, operation);
  }
  const accounts = input.Accounts ?? input.DeploymentTargets?.Accounts ?? [];
  if (accounts.length === 0) throw validationError("Accounts must be specified");
  const unknown = accounts.filter((id) => findAccount(context.world, id) === undefined);
  if (unknown.length > 0) throw validationError(`Account(s) [${unknown.join(", ")}] not found`);
  return accounts.map((account) => ({ account }));
}

/** What a deletion works on: instances of a unit go with it even after their account has moved. */
function deletedItems(
  context: HandlerContext,
  stackSet: StackSetRecord,
  input: DeleteStackInstancesCommandInput,
): readonly OperationItem[] {
  const { DeploymentTargets: targets } = input;
  const regions = new Set(input.Regions ?? []);
  const listed = itemsOf(context, stackSet, input, "other");
  if (stackSet.permissionModel !== "SERVICE_MANAGED" || targets?.Accounts !== undefined) {
    return listed;
  }
  const organization = serviceManagedOrganization(context, input.CallAs);
  const units = new Set(targetUnits(organization, targets));
  const stale = [...stackSet.instances.values()].filter(
    ({ organizationalUnitId, region }) =>
      units.has(organizationalUnitId ?? "") && regions.has(region),
  );
  const keys = new Set(listed.map(({ account, region }) => instanceKey(account, region)));
  return [
    ...listed,
    ...stale.filter(({ account, region }) => !keys.has(instanceKey(account, region))),
  ];
}

function existing(
  stackSet: StackSetRecord,
  items: readonly OperationItem[],
): readonly OperationItem[] {
  const found = items.filter(({ account, region }) =>
    stackSet.instances.has(instanceKey(account, region)),
  );
  if (found.length > 0) return found;
  throw noSuchInstance(`No stack instance of StackSet ${stackSet.id} matches the targets`);
}

function overridesOf(
  { world }: HandlerContext,
  stackSet: StackSetRecord,
  input: {
    readonly ParameterOverrides?: CreateStackInstancesCommandInput["ParameterOverrides"];
  },
): { readonly overrides?: Readonly<Record<string, string>> } {
  const { ParameterOverrides: given } = input;
  if (given === undefined) return {};
  const template = keptTemplate(world, stackSet.template);
  const undeclared = given.find(({ ParameterKey: key = "" }) => !(key in template.parameters));
  if (undeclared !== undefined) {
    throw invalidOperation(
      `ParameterOverrides contains keys that are not in the template: ${undeclared.ParameterKey}`,
    );
  }
  const values = givenParameters(
    template,
    [
      ...Object.entries(stackSet.parameters)
        .filter(([key]) => !given.some(({ ParameterKey }) => ParameterKey === key))
        .map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      ...given,
    ],
    stackSet.parameters,
  );
  return {
    overrides: Object.fromEntries(
      given.map(({ ParameterKey: key = "" }) => [key, values[key] ?? ""]),
    ),
  };
}

function noSuchInstance(message: string): ServiceError {
  return new ServiceError("StackInstanceNotFoundException", message, { httpStatus: 404 });
}

/** Operations on stack instances. */
export const stackInstanceHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateStackInstances: create,
  UpdateStackInstances: update,
  DeleteStackInstances: remove,
  DescribeStackInstance: describe,
};
