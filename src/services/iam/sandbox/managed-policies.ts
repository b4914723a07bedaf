import type {
  CreatePolicyCommandInput,
  CreatePolicyCommandOutput,
  DeletePolicyCommandInput,
  DeletePolicyCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  GetPolicyVersionCommandInput,
  GetPolicyVersionCommandOutput,
  ListPoliciesCommandInput,
  ListPoliciesCommandOutput,
  ListPolicyVersionsCommandInput,
  ListPolicyVersionsCommandOutput,
  Policy,
} from "@aws-sdk/client-iam";
import type { AnyHandler } from "../../../sandbox/service.ts";
import {
  alreadyExists,
  deleteConflict,
  noSuchEntity,
  validDocument,
  validName,
  validPath,
} from "./errors.ts";
import { page } from "./page.ts";
import { encodeDocument } from "./roles.ts";
import type { Served } from "./served.ts";
import { stableId } from "./stable-id.ts";
import {
  awsPolicies,
  type IamState,
  iamState,
  type ManagedPolicyRecord,
  managedPolicy,
} from "./state.ts";
import { setTags, tagList } from "./tags.ts";

const createPolicy: Served<CreatePolicyCommandInput, CreatePolicyCommandOutput> = (
  { world, caller },
  input,
) => {
  const state = iamState(world, caller.account);
  const name = validName(input.PolicyName, "policyName", 128);
  const path = validPath(input.Path);
  const document = validDocument(input.PolicyDocument, "IDENTITY_POLICY");
  const arn = `arn:aws:iam::${caller.account}:policy${path}${name}`;
  const taken = [...state.policies.values()].some((policy) => policy.name === name);
  if (taken) throw alreadyExists("A policy", name);
  const createdAt = world.clock.now();
  const policy: ManagedPolicyRecord = {
    id: stableId("ANPA", `${arn}/${createdAt}`),
    name,
    path,
    arn,
    createdAt,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    versions: [{ id: "v1", document, createdAt }],
    defaultVersionId: "v1",
    tags: new Map(),
  };
  setTags(policy.tags, input.Tags);
  state.policies.set(arn, policy);
  return { Policy: policyShape(state, policy) };
};

const getPolicy: Served<GetPolicyCommandInput, GetPolicyCommandOutput> = (context, input) => {
  const state = iamState(context.world, context.caller.account);
  return { Policy: policyShape(state, findPolicy(state, input.PolicyArn)) };
};

const getPolicyVersion: Served<GetPolicyVersionCommandInput, GetPolicyVersionCommandOutput> = (
  { world, caller },
  input,
) => {
  const policy = findPolicy(iamState(world, caller.account), input.PolicyArn);
  const version = policy.versions.find(({ id }) => id === input.VersionId);
  if (version === undefined) {
    throw noSuchEntity(
      `Policy ${policy.arn} version ${input.VersionId} does not exist or is not attachable.`,
    );
  }
  return {
    PolicyVersion: {
      Document: encodeDocument(version.document),
      VersionId: version.id,
      IsDefaultVersion: version.id === policy.defaultVersionId,
      CreateDate: new Date(version.createdAt),
    },
  };
};

const listPolicyVersions: Served<
  ListPolicyVersionsCommandInput,
  ListPolicyVersionsCommandOutput
> = ({ world, caller }, input) => {
  const policy = findPolicy(iamState(world, caller.account), input.PolicyArn);
  const versions = [...policy.versions].reverse().map(({ id, createdAt }) => ({
    VersionId: id,
    IsDefaultVersion: id === policy.defaultVersionId,
    CreateDate: new Date(createdAt),
  }));
  const { items, ...rest } = page(versions, input);
  return { Versions: items, ...rest };
};

const listPolicies: Served<ListPoliciesCommandInput, ListPoliciesCommandOutput> = (
  context,
  input,
) => {
  const state = iamState(context.world, context.caller.account);
  const scope = input.Scope ?? "All";
  const found = [
    ...(scope === "AWS" ? [] : state.policies.values()),
    ...(scope === "Local" ? [] : awsPolicies()),
  ]
    .filter((policy) => policy.path.startsWith(input.PathPrefix ?? "/"))
    .map((policy) => policyShape(state, policy))
    .filter((policy) => input.OnlyAttached !== true || (policy.AttachmentCount ?? 0) > 0);
  const { items, ...rest } = page(found, input);
  return { Policies: items.map(({ Tags, Description, ...policy }) => policy), ...rest };
};

const deletePolicy: Served<DeletePolicyCommandInput, DeletePolicyCommandOutput> = (
  context,
  input,
) => {
  const state = iamState(context.world, context.caller.account);
  const policy = findPolicy(state, input.PolicyArn);
  if (attachmentCount(state, policy.arn) > 0) {
    throw deleteConflict("Cannot delete a policy attached to entities.");
  }
  if (!state.policies.delete(policy.arn)) {
    throw noSuchEntity(`Policy ${policy.arn} does not exist or is not attachable.`);
  }
  return {};
};

function findPolicy(state: IamState, arn: string | undefined): ManagedPolicyRecord {
  const policy = managedPolicy(state, arn ?? "");
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

function policyShape(state: IamState, policy: ManagedPolicyRecord): Policy {
  const latest = policy.versions.at(-1)?.createdAt ?? policy.createdAt;
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachmentCount(state, policy.arn),
    PermissionsBoundaryUsageCount: principals(state).filter(
      ({ permissionsBoundary }) => permissionsBoundary === policy.arn,
    ).length,
    IsAttachable: true,
    ...(policy.description === undefined ? {} : { Description: policy.description }),
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(latest),
    ...(policy.tags.size === 0 ? {} : { Tags: tagList(policy.tags) }),
  };
}

function attachmentCount(state: IamState, arn: string): number {
  return principals(state).filter(({ attachedPolicies }) => attachedPolicies.has(arn)).length;
}

function principals(
  state: IamState,
): { readonly attachedPolicies: Set<string>; readonly permissionsBoundary?: string }[] {
  return [...state.roles.values(), ...state.users.values()];
}

/** Operations on managed policies. */
export const managedPolicyHandlers: Readonly<Record<string, AnyHandler>> = {
  CreatePolicy: createPolicy,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  ListPolicyVersions: listPolicyVersions,
  ListPolicies: listPolicies,
  DeletePolicy: deletePolicy,
};
