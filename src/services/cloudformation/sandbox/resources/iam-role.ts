import { hasErrors } from "../../../../core/diagnostic.ts";
import type { Json, JsonObject } from "../../../../core/json.ts";
import { canonicalJson, isJsonObject } from "../../../../core/json.ts";
import { parsePolicy } from "../../../../policy/index.ts";
import { iamState, newRole, type RoleRecord } from "../../../iam/sandbox/state.ts";
import { generatedName, handlerError, listOf, type ResourceProvider, textOf } from "./provider.ts";

/** `AWS::IAM::Role`. */
export const iamRole: ResourceProvider = {
  type: "AWS::IAM::Role",
  create: (place, properties) => {
    const { world, account } = place;
    const name = textOf(properties.RoleName) ?? generatedName(place, 64);
    const state = iamState(world, account);
    if (state.roles.has(name)) {
      throw handlerError(
        `Resource of type 'AWS::IAM::Role' with identifier '${name}' already exists.`,
        "AlreadyExists",
      );
    }
    const role = newRole(account, name, textOf(properties.Path) ?? "/", "", world.clock.now());
    shape(role, properties);
    state.roles.set(name, role);
    return made(role);
  },
  update: ({ world, account }, physicalId, properties) => {
    const role = iamState(world, account).roles.get(physicalId);
    const name = textOf(properties.RoleName);
    if (role === undefined || (name !== undefined && name !== physicalId)) return undefined;
    if ((textOf(properties.Path) ?? "/") !== role.path) return undefined;
    shape(role, properties);
    return made(role);
  },
  delete: ({ world, account }, physicalId) => {
    iamState(world, account).roles.delete(physicalId);
  },
  read: ({ world, account }, physicalId, expected) => {
    const role = iamState(world, account).roles.get(physicalId);
    if (role === undefined) return undefined;
    return {
      ...expected,
      AssumeRolePolicyDocument: JSON.parse(role.trustPolicy) as Json,
      ...(expected.MaxSessionDuration === undefined
        ? {}
        : { MaxSessionDuration: role.maxSessionSeconds }),
      ...(expected.ManagedPolicyArns === undefined
        ? {}
        : { ManagedPolicyArns: sameOrder(expected.ManagedPolicyArns, [...role.attachedPolicies]) }),
      ...(expected.Policies === undefined
        ? {}
        : {
            Policies: [...role.inlinePolicies].map(([PolicyName, document]) => ({
              PolicyName,
              PolicyDocument: JSON.parse(document) as Json,
            })),
          }),
    };
  },
};

function shape(role: RoleRecord, properties: JsonObject): void {
  role.trustPolicy = documentText(properties.AssumeRolePolicyDocument, "RESOURCE_POLICY");
  role.maxSessionSeconds = Number(properties.MaxSessionDuration ?? 3600);
  const description = textOf(properties.Description);
  if (description !== undefined) role.description = description;
  const boundary = textOf(properties.PermissionsBoundary);
  if (boundary === undefined) delete role.permissionsBoundary;
  else role.permissionsBoundary = boundary;
  role.attachedPolicies.clear();
  for (const arn of listOf(properties.ManagedPolicyArns)) role.attachedPolicies.add(String(arn));
  role.inlinePolicies.clear();
  for (const policy of listOf(properties.Policies)) {
    if (!isJsonObject(policy)) continue;
    const text = documentText(policy.PolicyDocument, "IDENTITY_POLICY");
    role.inlinePolicies.set(String(policy.PolicyName), text);
  }
  role.tags.clear();
  for (const tag of listOf(properties.Tags)) {
    if (isJsonObject(tag)) role.tags.set(String(tag.Key), String(tag.Value));
  }
}

function made(role: RoleRecord): { physicalId: string; attributes: Record<string, string> } {
  return { physicalId: role.name, attributes: { Arn: role.arn, RoleId: role.id } };
}

/** The text of a policy document; the resource handler refuses one that IAM would. */
export function documentText(
  value: Json | undefined,
  type: "IDENTITY_POLICY" | "RESOURCE_POLICY",
): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  if (hasErrors(parsePolicy(text, { type }).diagnostics)) {
    throw handlerError(
      "Syntax errors in policy. (Service: Iam, Status Code: 400)",
      "InvalidRequest",
    );
  }
  return text;
}

/** The same things in the order of another list, so that order alone is no drift. */
export function sameOrder(expected: Json, actual: readonly string[]): Json {
  const wanted = listOf(expected).map(String);
  const same = canonicalJson([...wanted].sort()) === canonicalJson([...actual].sort());
  return same ? wanted : [...actual];
}
