import type {
  CreateServiceLinkedRoleCommandInput,
  CreateServiceLinkedRoleCommandOutput,
  DeleteServiceLinkedRoleCommandInput,
  DeleteServiceLinkedRoleCommandOutput,
  GetServiceLinkedRoleDeletionStatusCommandInput,
  GetServiceLinkedRoleDeletionStatusCommandOutput,
} from "@aws-sdk/client-iam";
import { serviceLinkedRoles } from "../../../data/service-linked-roles.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import { noSuchEntity, validationError } from "./errors.ts";
import { findRole, roleShape } from "./roles.ts";
import type { Served } from "./served.ts";
import { type IamState, iamState, serviceLinkedRole } from "./state.ts";

/** How long IAM takes to delete a service-linked role. */
const deletionMs = 3000;

const createServiceLinkedRole: Served<
  CreateServiceLinkedRoleCommandInput,
  CreateServiceLinkedRoleCommandOutput
> = ({ world, caller }, input) => {
  const state = iamState(world, caller.account);
  settleDeletions(state, world.clock.now());
  const service = input.AWSServiceName ?? "";
  const { CustomSuffix: suffix } = input;
  if (serviceLinkedRoles.names[service] === undefined) {
    throw invalidInput(`Service role name for ${service} is not supported or does not exist.`);
  }
  if (suffix !== undefined && !serviceLinkedRoles.customSuffix.includes(service)) {
    throw invalidInput(`Custom suffix is not allowed for ${service}`);
  }
  const role = serviceLinkedRole(caller.account, service, world.clock.now(), suffix);
  if (state.roles.has(role.name)) {
    throw invalidInput(
      `Service role name ${role.name} has been taken in this account, please try a different suffix.`,
    );
  }
  if (input.Description !== undefined) role.description = input.Description;
  state.roles.set(role.name, role);
  return { Role: roleShape(role) };
};

const deleteServiceLinkedRole: Served<
  DeleteServiceLinkedRoleCommandInput,
  DeleteServiceLinkedRoleCommandOutput
> = ({ world, caller }, input) => {
  const state = iamState(world, caller.account);
  settleDeletions(state, world.clock.now());
  const role = findRole(state, input.RoleName);
  if (!role.path.startsWith("/aws-service-role/")) {
    throw validationError(`Role ${role.name} is not a service-linked role`);
  }
  const id = world.newId(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const taskId = `task${role.path}${role.name}/${id}`;
  state.roleDeletions.set(taskId, {
    roleName: role.name,
    doneAt: world.clock.now() + deletionMs,
  });
  return { DeletionTaskId: taskId };
};

const getServiceLinkedRoleDeletionStatus: Served<
  GetServiceLinkedRoleDeletionStatusCommandInput,
  GetServiceLinkedRoleDeletionStatusCommandOutput
> = ({ world, caller }, input) => {
  const state = iamState(world, caller.account);
  settleDeletions(state, world.clock.now());
  const deletion = state.roleDeletions.get(input.DeletionTaskId ?? "");
  if (deletion === undefined) {
    throw noSuchEntity(`The deletion task ${input.DeletionTaskId} cannot be found.`);
  }
  return { Status: deletion.doneAt <= world.clock.now() ? "SUCCEEDED" : "IN_PROGRESS" };
};

/** Carries out the deletions that have become due. */
function settleDeletions(state: IamState, now: number): void {
  for (const { roleName, doneAt } of state.roleDeletions.values()) {
    const role = state.roles.get(roleName);
    // A role that was made anew under the same name is not the one that was to go.
    if (role !== undefined && doneAt <= now && role.createdAt < doneAt)
      state.roles.delete(roleName);
  }
}

function invalidInput(message: string): ServiceError {
  return new ServiceError("InvalidInputException", message);
}

/** Operations on service-linked roles. */
export const serviceLinkedRoleHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateServiceLinkedRole: createServiceLinkedRole,
  DeleteServiceLinkedRole: deleteServiceLinkedRole,
  GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
};
