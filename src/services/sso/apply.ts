import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import { changeHandler, remember } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";
import { assignmentChanges } from "./apply-assignments.ts";
import { boundaryFacet } from "./collect-sets.ts";
import { canonicalDocument } from "./wanted.ts";

/** A request under way is in the way, or an administrator that was just registered is not known. */
const options = { eventual: ["ConflictException", "AccessDeniedException"] };

/** The changes of IAM Identity Center, by operation. */
export const identityCenterChanges: Readonly<Record<string, ChangeHandler>> = {
  CreatePermissionSet: changeHandler("sso", "CreatePermissionSet", {
    observe: observeByName,
    idOf: ({ PermissionSet }) => PermissionSet?.PermissionSetArn,
    // An administrator that was just registered is not known everywhere at once.
    eventual: ["AccessDeniedException"],
    already: ["ConflictException"],
  }),
  UpdatePermissionSet: changeHandler("sso", "UpdatePermissionSet", {
    ...options,
    observe: observeSettings,
  }),
  DeletePermissionSet: changeHandler("sso", "DeletePermissionSet", {
    ...options,
    observe: async (context, change, how) => {
      const set = await describe(context, change, how);
      return set === null ? null : { name: String(set.Name) };
    },
    already: ["ResourceNotFoundException"],
  }),
  TagResource: changeHandler("sso", "TagResource", { ...options, observe: observeTags }),
  AttachManagedPolicyToPermissionSet: changeHandler("sso", "AttachManagedPolicyToPermissionSet", {
    observe: observeManagedPolicy,
    eventual: ["AccessDeniedException"],
    already: ["ConflictException"],
  }),
  DetachManagedPolicyFromPermissionSet: changeHandler(
    "sso",
    "DetachManagedPolicyFromPermissionSet",
    { ...options, observe: observeManagedPolicy, already: ["ResourceNotFoundException"] },
  ),
  AttachCustomerManagedPolicyReferenceToPermissionSet: changeHandler(
    "sso",
    "AttachCustomerManagedPolicyReferenceToPermissionSet",
    {
      observe: observeCustomerPolicy,
      eventual: ["AccessDeniedException"],
      already: ["ConflictException"],
    },
  ),
  DetachCustomerManagedPolicyReferenceFromPermissionSet: changeHandler(
    "sso",
    "DetachCustomerManagedPolicyReferenceFromPermissionSet",
    { ...options, observe: observeCustomerPolicy, already: ["ResourceNotFoundException"] },
  ),
  PutInlinePolicyToPermissionSet: changeHandler("sso", "PutInlinePolicyToPermissionSet", {
    ...options,
    observe: observeInlinePolicy,
  }),
  DeleteInlinePolicyFromPermissionSet: changeHandler("sso", "DeleteInlinePolicyFromPermissionSet", {
    ...options,
    observe: observeInlinePolicy,
    already: ["ResourceNotFoundException"],
  }),
  PutPermissionsBoundaryToPermissionSet: changeHandler(
    "sso",
    "PutPermissionsBoundaryToPermissionSet",
    { ...options, observe: observeBoundary },
  ),
  DeletePermissionsBoundaryFromPermissionSet: changeHandler(
    "sso",
    "DeletePermissionsBoundaryFromPermissionSet",
    { ...options, observe: observeBoundary, already: ["ResourceNotFoundException"] },
  ),
  ...assignmentChanges,
};

function target({ input }: ResolvedChange): { InstanceArn: string; PermissionSetArn: string } {
  return {
    InstanceArn: String(input.InstanceArn),
    PermissionSetArn: String(input.PermissionSetArn ?? input.ResourceArn),
  };
}

async function describe(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<Readonly<Record<string, unknown>> | null> {
  return absentAsNull(async () => {
    const answer = await aws.call("sso", "DescribePermissionSet", target(change), how);
    return { ...answer.PermissionSet };
  });
}

/** A set by its name: AWS has no look-up, so all names are read, once an apply and Region. */
async function observeByName(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
  fresh: boolean,
): Promise<Observation> {
  const { aws } = context;
  const InstanceArn = String(change.input.InstanceArn);
  const byName = await remember(context, change, "names", fresh, async () => {
    const found = new Map<string, string>();
    const input = { InstanceArn, MaxResults: identityCenterFacts.pageSize };
    for await (const page of aws.pages("sso", "ListPermissionSets", input, how)) {
      for (const PermissionSetArn of page.PermissionSets ?? []) {
        const one = { InstanceArn, PermissionSetArn };
        const { PermissionSet } = await aws.call("sso", "DescribePermissionSet", one, how);
        found.set(PermissionSet?.Name ?? "", PermissionSetArn);
      }
    }
    return found;
  });
  const name = String(change.input.Name);
  const id = byName.get(name);
  return id === undefined ? { facet: null } : { facet: { name }, id };
}

async function observeSettings(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const set = await describe(context, change, how);
  if (set === null) return null;
  const concerned = Object.keys(change.after ?? {});
  return Object.fromEntries(concerned.map((member) => [member, (set[member] ?? null) as Json]));
}

async function observeTags(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const { InstanceArn, PermissionSetArn: ResourceArn } = target(change);
  const now: Record<string, string> = {};
  const input = { InstanceArn, ResourceArn };
  for await (const page of aws.pages("sso", "ListTagsForResource", input, how)) {
    for (const { Key = "", Value = "" } of page.Tags ?? []) now[Key] = Value;
  }
  const concerned = Object.keys((change.after?.tags ?? {}) as JsonObject);
  return { tags: Object.fromEntries(concerned.map((key) => [key, now[key] ?? null])) };
}

async function observeManagedPolicy(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const operation = "ListManagedPoliciesInPermissionSet";
  for await (const page of aws.pages("sso", operation, target(change), how)) {
    const wanted = change.input.ManagedPolicyArn;
    if (page.AttachedManagedPolicies?.some(({ Arn }) => Arn === wanted)) return { attached: true };
  }
  return null;
}

async function observeCustomerPolicy(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const wanted = change.input.CustomerManagedPolicyReference as JsonObject;
  const operation = "ListCustomerManagedPolicyReferencesInPermissionSet";
  for await (const page of aws.pages("sso", operation, target(change), how)) {
    const found = page.CustomerManagedPolicyReferences?.some(
      ({ Name, Path = "/" }) => Name === wanted.Name && Path === wanted.Path,
    );
    if (found) return { attached: true };
  }
  return null;
}

async function observeInlinePolicy(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const input = target(change);
  const answer = await aws.call("sso", "GetInlinePolicyForPermissionSet", input, how);
  const content = canonicalDocument(answer.InlinePolicy ?? "");
  return content === "" ? null : { content };
}

async function observeBoundary(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  return absentAsNull(async () => {
    const input = target(change);
    const answer = await aws.call("sso", "GetPermissionsBoundaryForPermissionSet", input, how);
    return boundaryFacet(answer.PermissionsBoundary) ?? null;
  });
}

async function absentAsNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "ResourceNotFoundException") {
      return null;
    }
    throw error;
  }
}
