import type {
  CreateRoleCommandInput,
  CreateRoleCommandOutput,
  DeleteRoleCommandInput,
  DeleteRoleCommandOutput,
  GetRoleCommandInput,
  GetRoleCommandOutput,
  ListRolesCommandInput,
  ListRolesCommandOutput,
  ListRoleTagsCommandInput,
  ListRoleTagsCommandOutput,
  Role,
  TagRoleCommandInput,
  TagRoleCommandOutput,
  UntagRoleCommandInput,
  UntagRoleCommandOutput,
  UpdateAssumeRolePolicyCommandInput,
  UpdateAssumeRolePolicyCommandOutput,
  UpdateRoleCommandInput,
  UpdateRoleCommandOutput,
} from "@aws-sdk/client-iam";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import {
  alreadyExists,
  deleteConflict,
  noSuchEntity,
  validationError,
  validDocument,
  validName,
  validPath,
} from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { type IamState, iamState, managedPolicy, newRole, type RoleRecord } from "./state.ts";
import { setTags, tagList } from "./tags.ts";

/** The role of that name. Throws `NoSuchEntity`. */
export function findRole(state: IamState, name: string | undefined): RoleRecord {
  const role = state.roles.get(name ?? "");
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** A role that is not linked to a service, for a change. Throws `UnmodifiableEntity`. */
export function findOwnRole(state: IamState, name: string | undefined): RoleRecord {
  const role = findRole(state, name);
  if (!role.path.startsWith("/aws-service-role/")) return role;
  throw new ServiceError(
    "UnmodifiableEntityException",
    `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
  );
}

/** A role as the API writes it; documents are percent-encoded. */
export function roleShape(role: RoleRecord): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.description === undefined ? {} : { Description: role.description }),
    ...(role.permissionsBoundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: "PermissionsBoundaryPolicy",
            PermissionsBoundaryArn: role.permissionsBoundary,
          },
        }),
    ...(role.tags.size === 0 ? {} : { Tags: tagList(role.tags) }),
    RoleLastUsed: {
      ...(role.lastUsedAt === undefined ? {} : { LastUsedDate: new Date(role.lastUsedAt) }),
    },
  };
}

/** Percent-encodes a policy document by RFC 3986, as IAM answers documents. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const createRole: Served<CreateRoleCommandInput, CreateRoleCommandOutput> = (context, input) => {
  const { world, caller } = context;
  const state = iamState(world, caller.account);
  const name = validName(input.RoleName, "roleName", 64);
  const path = validPath(input.Path);
  if (path.startsWith("/aws-service-role/")) {
    throw validationError("Invalid path: the path /aws-service-role/ is reserved for AWS");
  }
  const trust = validDocument(input.AssumeRolePolicyDocument, "RESOURCE_POLICY");
  if (state.roles.has(name)) throw alreadyExists("Role", name);
  const role = newRole(caller.account, name, path, trust, world.clock.now());
  role.maxSessionSeconds = validDuration(input.MaxSessionDuration ?? 3600);
  if (input.Description !== undefined) role.description = input.Description;
  if (input.PermissionsBoundary !== undefined) {
    role.permissionsBoundary = existingPolicy(state, input.PermissionsBoundary);
  }
  setTags(role.tags, input.Tags);
  state.roles.set(name, role);
  return { Role: roleShape(role) };
};

const getRole: Served<GetRoleCommandInput, GetRoleCommandOutput> = ({ world, caller }, input) => ({
  Role: roleShape(findRole(iamState(world, caller.account), input.RoleName)),
});

const listRoles: Served<ListRolesCommandInput, ListRolesCommandOutput> = (context, input) => {
  const { roles } = iamState(context.world, context.caller.account);
  const prefix = input.PathPrefix ?? "/";
  const found = [...roles.values()]
    .filter((role) => role.path.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...rest } = page(found, input);
  // ListRoles leaves out what GetRole alone answers.
  const shapes = items
    .map(roleShape)
    .map(({ Tags, RoleLastUsed, PermissionsBoundary, ...role }) => role);
  return { Roles: shapes, ...rest };
};

const updateRole: Served<UpdateRoleCommandInput, UpdateRoleCommandOutput> = (context, input) => {
  const role = findOwnRole(iamState(context.world, context.caller.account), input.RoleName);
  if (input.MaxSessionDuration !== undefined) {
    role.maxSessionSeconds = validDuration(input.MaxSessionDuration);
  }
  if (input.Description !== undefined) role.description = input.Description;
  return {};
};

const updateAssumeRolePolicy: Served<
  UpdateAssumeRolePolicyCommandInput,
  UpdateAssumeRolePolicyCommandOutput
> = ({ world, caller }, input) => {
  const role = findOwnRole(iamState(world, caller.account), input.RoleName);
  role.trustPolicy = validDocument(input.PolicyDocument, "RESOURCE_POLICY");
  return {};
};

const deleteRole: Served<DeleteRoleCommandInput, DeleteRoleCommandOutput> = (context, input) => {
  const state = iamState(context.world, context.caller.account);
  const role = findOwnRole(state, input.RoleName);
  if (role.attachedPolicies.size > 0) {
    throw deleteConflict("Cannot delete entity, must detach all policies first.");
  }
  if (role.inlinePolicies.size > 0) {
    throw deleteConflict("Cannot delete entity, must delete policies first.");
  }
  state.roles.delete(role.name);
  return {};
};

const tagRole: Served<TagRoleCommandInput, TagRoleCommandOutput> = ({ world, caller }, input) => {
  setTags(findRole(iamState(world, caller.account), input.RoleName).tags, input.Tags);
  return {};
};

const untagRole: Served<UntagRoleCommandInput, UntagRoleCommandOutput> = (context, input) => {
  const role = findRole(iamState(context.world, context.caller.account), input.RoleName);
  for (const key of input.TagKeys ?? []) role.tags.delete(key);
  return {};
};

const listRoleTags: Served<ListRoleTagsCommandInput, ListRoleTagsCommandOutput> = (
  context,
  input,
) => {
  const role = findRole(iamState(context.world, context.caller.account), input.RoleName);
  const { items, ...rest } = page(tagList(role.tags), input);
  return { Tags: items, ...rest };
};

function validDuration(seconds: number): number {
  if (seconds >= 3600 && seconds <= 43_200) return seconds;
  throw validationError(
    `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200`,
  );
}

function existingPolicy(state: IamState, arn: string): string {
  if (managedPolicy(state, arn) !== undefined) return arn;
  throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
}

/** Operations on roles themselves. */
export const roleHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateRole: createRole,
  GetRole: getRole,
  ListRoles: listRoles,
  UpdateRole: updateRole,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  DeleteRole: deleteRole,
  TagRole: tagRole,
  UntagRole: untagRole,
  ListRoleTags: listRoleTags,
};
