import type { Json, JsonObject } from "../../../../core/json.ts";
import { stableId } from "../../../iam/sandbox/stable-id.ts";
import { iamState, type ManagedPolicyRecord } from "../../../iam/sandbox/state.ts";
import { documentText } from "./iam-role.ts";
import {
  generatedName,
  handlerError,
  listOf,
  type ResourcePlace,
  type ResourceProvider,
  textOf,
} from "./provider.ts";

/** `AWS::IAM::ManagedPolicy`. */
export const iamManagedPolicy: ResourceProvider = {
  type: "AWS::IAM::ManagedPolicy",
  create: (place, properties) => {
    const { world, account } = place;
    const state = iamState(world, account);
    const name = textOf(properties.ManagedPolicyName) ?? generatedName(place, 128);
    const path = textOf(properties.Path) ?? "/";
    const arn = `arn:aws:iam::${account}:policy${path}${name}`;
    if (state.policies.has(arn)) {
      throw handlerError(
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
        "AlreadyExists",
      );
    }
    const createdAt = world.clock.now();
    const policy: ManagedPolicyRecord = {
      id: stableId("ANPA", `${arn}/${createdAt}`),
      name,
      path,
      arn,
      createdAt,
      versions: [{ id: "v1", document: documentOf(properties), createdAt }],
      defaultVersionId: "v1",
      tags: new Map(),
    };
    state.policies.set(arn, policy);
    attach(place, arn, properties);
    return { physicalId: arn, attributes: { PolicyArn: arn, PolicyId: policy.id } };
  },
  update: (place, physicalId, properties) => {
    const { world, account } = place;
    const policy = iamState(world, account).policies.get(physicalId);
    const name = textOf(properties.ManagedPolicyName);
    if (policy === undefined || (name !== undefined && name !== policy.name)) return undefined;
    const document = documentOf(properties);
    if (policy.versions.at(-1)?.document !== document) {
      const id = `v${Number(policy.versions.at(-1)?.id.slice(1) ?? 0) + 1}`;
      policy.versions.push({ id, document, createdAt: world.clock.now() });
      if (policy.versions.length > 5) policy.versions.shift();
      policy.defaultVersionId = id;
    }
    attach(place, physicalId, properties);
    return { physicalId, attributes: { PolicyArn: physicalId, PolicyId: policy.id } };
  },
  delete: ({ world, account }, physicalId) => {
    const state = iamState(world, account);
    for (const role of state.roles.values()) role.attachedPolicies.delete(physicalId);
    state.policies.delete(physicalId);
  },
  read: ({ world, account }, physicalId, expected) => {
    const policy = iamState(world, account).policies.get(physicalId);
    const version = policy?.versions.find(({ id }) => id === policy.defaultVersionId);
    if (version === undefined) return undefined;
    return { ...expected, PolicyDocument: JSON.parse(version.document) as Json };
  },
};

function documentOf(properties: JsonObject): string {
  return documentText(properties.PolicyDocument, "IDENTITY_POLICY");
}

function attach({ world, account }: ResourcePlace, arn: string, properties: JsonObject): void {
  const state = iamState(world, account);
  for (const name of listOf(properties.Roles)) {
    const role = state.roles.get(String(name));
    if (role === undefined) {
      throw handlerError(`The role with name ${name} cannot be found.`, "NotFound");
    }
    role.attachedPolicies.add(arn);
  }
}
